package org.tidings.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.tidings.hub.Connection;

/** A way to a sink's client that is better than the sink itself, on the runtimes that it knows. Found through CDI. */
public interface SinkTransport {
    /**
     * Begins the response and takes it from the sink, which nobody may use afterwards. Called on the request's thread,
     * in the resource method that got the sink.
     *
     * @param head sent through the sink, so that the runtime sends status and headers as for any other response; its
     *     client hears nothing of it
     * @return empty if this is not one of its runtimes, or not this request's sink, or one that has been sent to: then
     *     it can be used as before
     */
    Optional<Connection> takeOver(SseEventSink sink, OutboundSseEvent head);
}
