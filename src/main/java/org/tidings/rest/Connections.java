package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.tidings.hub.Connection;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/** Makes connections of sinks: by the best transport that the runtime has, else by the portable one. */
@ApplicationScoped
class Connections {
    /** What no client hears. */
    private static final Frame HEAD = EventStreamEncoder.encode(StreamBlock.comment(""));

    @Inject
    private SinkWriters writers;

    @Inject
    @Any
    private Instance<SinkTransport> transports;

    /**
     * Takes the sink's client. The response may have begun when this returns: what can refuse the stream comes before.
     */
    Connection of(SseEventSink sink) {
        if (sink instanceof TransportSink ours) {
            return ours.handOver();
        }
        return transports.stream()
                .map(transport -> transport.takeOver(sink, new FrameEvent(HEAD, TextLines.BY_RUNTIME)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new SinkConnection(sink, writers));
    }
}
