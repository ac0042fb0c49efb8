package org.tidings.server.transport;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tidings.wire.Frame;

/**
 * The {@code SseBroadcaster} of Jakarta REST over sinks of any kind: what {@code sse.newBroadcaster()} gives an
 * application.
 *
 * <ul>
 *   <li>{@link #broadcast} encodes the event once for all sinks of ours; another runtime's or an application's own are
 *       sent the event itself. Events that are broadcast one after another reach each sink in that order; of events
 *       that are broadcast at the same time, each sink has an order of its own. The stage completes when every sink has
 *       taken the event to deliver it: it waits for no client. It fails if the event cannot be encoded, and then nobody
 *       gets it; whatever becomes of single sinks does not fail it.
 *   <li>A sink that does not deliver what it has taken is closed, so that its client knows, and is told to the
 *       {@code onError} listeners, then to the {@code onClose} listeners: its client was cut for being too slow, say.
 *       So is one that fails to close.
 *   <li>The {@code onClose} listeners hear once of each sink that is closed, by whomever: of ours when it happens, of
 *       others at the latest when something is broadcast. It is then no longer registered.
 *   <li>{@link #close()} closes all sinks, behind what was broadcast. {@code close(false)} leaves them open, and nobody
 *       hears of them again.
 * </ul>
 *
 * <p>Any thread. Nothing blocks, unless a sink that is not ours does. No locks. Listeners are called on threads that
 * may block; one that throws harms no other.
 */
final class SinkBroadcaster implements SseBroadcaster {
    private static final System.Logger LOG = System.getLogger(SinkBroadcaster.class.getName());

    private final EventEncoding encoding;
    private final Executor callbacks;
    private final List<BiConsumer<SseEventSink, Throwable>> errorListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
    private final Set<SseEventSink> sinks = ConcurrentHashMap.newKeySet(); // who takes one out tells of its end
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

    SinkBroadcaster(EventEncoding encoding, Executor callbacks) {
        this.encoding = encoding;
        this.callbacks = callbacks;
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        requireOpen();
        errorListeners.add(required(listener));
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        requireOpen();
        closeListeners.add(required(listener));
    }

    @Override
    public void register(SseEventSink sink) {
        requireOpen();
        if (!sinks.add(required(sink))) {
            return;
        }
        if (sink instanceof StreamSink own) {
            var unused = own.end().whenComplete((end, failure) -> end(own, failure));
        } else if (sink.isClosed()) {
            end(sink, null);
        }
        finish(); // a close that ran meanwhile may not have seen it
    }

    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        requireOpen();
        required(event);
        Frame frame;
        try {
            frame = encoding.encode(event);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        for (SseEventSink sink : sinks) {
            if (sink instanceof StreamSink own) {
                send(own, frame);
            } else {
                send(sink, event);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        close(true);
    }

    @Override
    public void close(boolean cascading) {
        if (phase.compareAndSet(Phase.OPEN, cascading ? Phase.CLOSED : Phase.LEFT)) {
            finish();
        }
    }

    private void send(StreamSink own, Frame frame) {
        try {
            var unused = own.send(frame); // its end tells
        } catch (RuntimeException e) {
            if (!own.isClosed()) {
                close(own, e);
            }
        }
    }

    private void send(SseEventSink other, OutboundSseEvent event) {
        try {
            var unused = other.send(event).whenComplete((done, failure) -> {
                if (failure != null) {
                    close(other, failure);
                }
            });
        } catch (RuntimeException e) {
            close(other, e instanceof IllegalStateException && other.isClosed() ? null : e);
        }
    }

    private void finish() {
        switch (phase.get()) {
            case OPEN -> {}
            case LEFT -> sinks.clear();
            case CLOSED -> sinks.forEach(sink -> close(sink, null));
        }
    }

    /** @param failure what made it necessary, if anything did */
    private void close(SseEventSink sink, Throwable failure) {
        if (!sinks.remove(sink)) {
            return;
        }
        try {
            sink.close();
        } catch (RuntimeException e) {
            tell(sink, failure == null ? e : failure);
            return;
        }
        tell(sink, failure);
    }

    /** It is closed. */
    private void end(SseEventSink sink, Throwable failure) {
        if (sinks.remove(sink)) {
            tell(sink, failure);
        }
    }

    private void tell(SseEventSink sink, Throwable failure) {
        callbacks.execute(() -> {
            if (failure != null) {
                errorListeners.forEach(listener -> guarded(() -> listener.accept(sink, failure)));
            }
            closeListeners.forEach(listener -> guarded(() -> listener.accept(sink)));
        });
    }

    private void requireOpen() {
        if (phase.get() != Phase.OPEN) {
            throw new IllegalStateException("the broadcaster is closed");
        }
    }

    private static <T> T required(T argument) {
        if (argument == null) {
            throw new IllegalArgumentException("null is given to a broadcaster");
        }
        return argument;
    }

    private static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a listener of a broadcaster failed", e);
        }
    }

    private enum Phase {
        OPEN,
        /** Closed, its sinks left open. */
        LEFT,
        CLOSED
    }
}
