package org.tidings.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A sink that remembers what it was given and answers each event as the test says. */
final class FakeSink implements SseEventSink {
    final List<OutboundSseEvent> events = new ArrayList<>();
    int closes;
    boolean closed;
    boolean encodesItself = true;
    Supplier<CompletionStage<?>> answer = () -> CompletableFuture.completedFuture(null);

    /** From now on every stage is left open, and this is the one of the next event. */
    CompletableFuture<Object> hold() {
        var stage = new CompletableFuture<Object>();
        answer = () -> stage;
        return stage;
    }

    List<String> data() {
        return events.stream().map(event -> (String) event.getData()).toList();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        events.add(event);
        if (!encodesItself) {
            bytes(event);
        }
        return answer.get();
    }

    /** As a runtime does that lets {@link FrameEventWriter} write. */
    static String bytes(OutboundSseEvent event) {
        var bytes = new ByteArrayOutputStream();
        try {
            new FrameEventWriter().writeTo((FrameEvent) event, event.getClass(), null, null, null, null, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closes++;
        closed = true;
    }
}
