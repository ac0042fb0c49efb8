package org.tidings.rest;

import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Optional;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.StreamBlock;

/** Who makes the lines of an event's text, on a runtime that encodes events itself. */
enum TextLines {
    /** The runtime does: the API leaves it to them, and so do we where we know nothing better. */
    BY_RUNTIME,
    /**
     * We do, behind the event's id. RESTEasy drops blank lines and line breaks at a text's end; CXF begins only its
     * first line with {@code data:}, so that the next could be any field of an event. Both write an id as it is.
     */
    BEHIND_ID;

    private static final List<String> ENCODERS_THAT_LOSE_LINES =
            List.of("org.jboss.resteasy.plugins.", "org.apache.cxf.");

    /** For the runtime that has sinks of this class. */
    static TextLines of(Class<? extends SseEventSink> sink) {
        return ofRuntime(sink.getName());
    }

    static TextLines ofRuntime(String sinkClass) {
        return ENCODERS_THAT_LOSE_LINES.stream().anyMatch(sinkClass::startsWith) ? BEHIND_ID : BY_RUNTIME;
    }

    /** What the runtime is to write as the block's id. */
    Optional<String> id(StreamBlock block) {
        return areBehindId(block) ? block.id().map(id -> id + '\n' + lines(block)) : block.id();
    }

    /** What the runtime is to write as the block's data. */
    Optional<String> data(StreamBlock block) {
        return areBehindId(block) ? Optional.empty() : block.data();
    }

    /** A text of one line is written as it is by every runtime; and what has more has an id, for it is in the log. */
    private boolean areBehindId(StreamBlock block) {
        return this == BEHIND_ID
                && block.id().isPresent()
                && block.data().filter(EventStreamEncoder::hasLineBreak).isPresent();
    }

    private static String lines(StreamBlock block) {
        String fields = EventStreamEncoder.dataFields(block.data().orElseThrow());
        return fields.substring(0, fields.length() - 1); // the runtime ends the last one
    }
}
