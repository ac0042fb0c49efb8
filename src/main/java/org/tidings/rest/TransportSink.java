package org.tidings.rest;

import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.hub.Connection;

/** A sink whose transport the hub can have to itself, where a runtime's own sinks can only be sent to. */
public interface TransportSink extends SseEventSink {
    /**
     * Hands the connection beneath to the caller, for good: {@link #send} then throws, and {@link #close} cuts the
     * connection.
     *
     * @throws IllegalStateException if it was handed over before, or if events that were sent still wait for the client
     */
    Connection handOver();
}
