package org.tidings.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * One block of an event stream before it is encoded: what stands between two blank lines.
 *
 * @param id the {@code id:} field; no CR, LF or NUL
 * @param type the {@code event:} field; no CR, LF or NUL
 * @param data the text; without it no event is heard, but an id and a retry count
 * @param retry the reconnection time
 * @param comment what no {@code EventSource} hears: a heartbeat, or an event's topic
 */
public record StreamBlock(
        Optional<String> id,
        Optional<String> type,
        Optional<String> data,
        Optional<Duration> retry,
        Optional<String> comment) {
    /** @throws IllegalArgumentException if the id or the type would forge a field */
    public StreamBlock {
        id.ifPresent(StreamBlock::checkLine);
        type.ifPresent(StreamBlock::checkLine);
    }

    /** An event. */
    public static StreamBlock event(String id, Optional<String> type, String data) {
        return new StreamBlock(Optional.of(id), type, Optional.of(data), Optional.empty(), Optional.empty());
    }

    /** A comment alone. */
    public static StreamBlock comment(String text) {
        return new StreamBlock(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text));
    }

    /** A reconnection time alone. */
    public static StreamBlock retry(Duration time) {
        return new StreamBlock(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(time), Optional.empty());
    }

    /**
     * The same with the event's topic, as a comment: {@code topic: orders/42}. A comment, because no standard client
     * minds one, and because Jakarta REST has a way to hand it to runtimes that encode events themselves.
     */
    public StreamBlock withTopic(String topic) {
        return new StreamBlock(id, type, data, retry, Optional.of("topic: " + topic));
    }

    private static void checkLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r' || c == '\0') {
                throw new IllegalArgumentException("an id or type with CR, LF or NUL at index " + i);
            }
        }
    }
}
