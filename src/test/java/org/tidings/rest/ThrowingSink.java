package org.tidings.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/** A sink whose client has gone, in the manner of Jersey. */
final class ThrowingSink implements SseEventSink {
    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        throw new IllegalStateException("closed");
    }

    @Override
    public void close() {
        throw new IllegalStateException("closed");
    }
}
