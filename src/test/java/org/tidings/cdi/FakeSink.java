package org.tidings.cdi;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/** A sink by its identity alone. */
final class FakeSink implements SseEventSink {
    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        throw new UnsupportedOperationException("the sink is the hub's");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the sink is the hub's");
    }
}
