package org.tidings.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tidings.api.EventId;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.JsonWriter;
import org.tidings.wire.StreamBlock;

/** The hub's own words on a stream (docs/protocol.md, "Control events"). */
final class ControlFrames {
    static final String HELLO = "$hello";
    static final String GAP = "$gap";

    /** Shared by all connections: a comment, which no client hears as an event. */
    private static final Frame HEARTBEAT = EventStreamEncoder.encode(StreamBlock.comment(""));

    private final HubSettings settings;
    private final RandomGenerator random;

    ControlFrames(HubSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * The first event of a stream.
     *
     * @param position gives a client that hears nothing else a position to come back to. Empty if a {@code $gap}
     *     follows, which has the id: a client that is cut between the two must not come back as if it had been told
     * @param ended the topics that were ended before the stream begins
     */
    Frame hello(String connection, Optional<EventId> position, List<String> ended) {
        var data = new JsonWriter()
                .object()
                .member("connection", connection)
                .member("heartbeat", settings.heartbeat().toMillis());
        if (!ended.isEmpty()) {
            data.name("ended").array();
            ended.forEach(data::element);
            data.endArray();
        }
        return EventStreamEncoder.encode(new StreamBlock(
                position.map(EventId::toString),
                Optional.of(HELLO),
                Optional.of(data.endObject().toString()),
                Optional.of(reconnectionTime()),
                Optional.empty()));
    }

    Frame gap(Gap gap) {
        String resumed = gap.resumed().toString();
        String data = new JsonWriter()
                .object()
                .member("reason", gap.reason().slug())
                .member("asked", gap.asked())
                .member("resumed", resumed)
                .endObject()
                .toString();
        return EventStreamEncoder.encode(StreamBlock.event(resumed, Optional.of(GAP), data));
    }

    /** The last words before a stream ends whose client should come back. */
    Frame farewell() {
        return EventStreamEncoder.encode(StreamBlock.retry(reconnectionTime()));
    }

    Frame heartbeat() {
        return HEARTBEAT;
    }

    /** Anew for each connection: clients that lost their streams at once must not come back at once. */
    private Duration reconnectionTime() {
        long longest = settings.reconnect().toMillis();
        return Duration.ofMillis(random.nextLong(longest / 5, longest + 1));
    }
}
