package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.hub.Connection;

/** Makes connections of sinks: the transport's own where there is one, else the portable one. */
@ApplicationScoped
class Connections {
    @Inject
    private SinkWriters writers;

    Connection of(SseEventSink sink) {
        return sink instanceof TransportSink ours ? ours.handOver() : new SinkConnection(sink, writers);
    }
}
