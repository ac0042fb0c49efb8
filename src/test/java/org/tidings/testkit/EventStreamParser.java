package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code text/event-stream}, written line by line from the WHATWG HTML standard, 9.2.5 "Parsing an event stream"
 * and 9.2.6 "Interpreting an event stream", and from nothing of Tidings. Takes the bytes in pieces of any size: a
 * character or a CRLF may be split between two. For one thread.
 */
public final class EventStreamParser {
    private static final String BOM = "\ufeff";

    // The line that has begun. Lines are split as bytes: CR and LF are no part of any other character in UTF-8.
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean atStreamStart = true;
    private boolean afterCarriageReturn;

    // The standard's buffers. The last event ID buffer outlives the event, and becomes the last event ID at its end.
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idBuffer = "";
    private String lastEventId = "";

    private Optional<Duration> reconnectionTime = Optional.empty();
    private final List<String> comments = new ArrayList<>();

    /** Reads on; gives the events that were dispatched. What ends without a blank line is never dispatched. */
    public List<ReceivedEvent> feed(byte[] bytes) {
        return feed(ByteBuffer.wrap(bytes));
    }

    /** The same, for all that remains in the buffer. */
    public List<ReceivedEvent> feed(ByteBuffer bytes) {
        var events = new ArrayList<ReceivedEvent>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean endOfCrLf = afterCarriageReturn && next == '\n';
            afterCarriageReturn = next == '\r';
            if (endOfCrLf) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                endLine().ifPresent(events::add);
            } else {
                line.write(next);
            }
        }
        return events;
    }

    /** What a client that reconnects now sends as {@code Last-Event-ID}; empty: it sends none. */
    public String lastEventId() {
        return lastEventId;
    }

    /** What the stream's last valid {@code retry:} said. */
    public Optional<Duration> reconnectionTime() {
        return reconnectionTime;
    }

    /** The comments so far, without their colon: a browser ignores them. */
    public List<String> comments() {
        return List.copyOf(comments);
    }

    private Optional<ReceivedEvent> endLine() {
        String text = line.toString(UTF_8);
        line.reset();
        if (atStreamStart && text.startsWith(BOM)) { // "UTF-8 decode" takes one away, at the start only.
            text = text.substring(1);
        }
        atStreamStart = false;
        if (text.isEmpty()) {
            return dispatch();
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            comments.add(text.substring(1));
        } else if (colon > 0) {
            String value = text.substring(colon + 1);
            field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        } else {
            field(text, "");
        }
        return Optional.empty();
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
            case "retry" -> reconnectionTime = retry(value).or(() -> reconnectionTime);
            default -> {} // The field is ignored.
        }
    }

    private static Optional<Duration> retry(String value) {
        // The standard sets no upper bound; a number that is no long is not one that a client could wait for.
        return value.matches("[0-9]{1,18}") ? Optional.of(Duration.ofMillis(Long.parseLong(value))) : Optional.empty();
    }

    private Optional<ReceivedEvent> dispatch() {
        lastEventId = idBuffer;
        String heard = data.toString();
        String name = type.isEmpty() ? "message" : type;
        data.setLength(0);
        type = "";
        return heard.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReceivedEvent(lastEventId, name, heard.substring(0, heard.length() - 1)));
    }
}
