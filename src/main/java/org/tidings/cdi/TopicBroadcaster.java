package org.tidings.cdi;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tidings.api.DisconnectReason;
import org.tidings.api.EventLogException;
import org.tidings.api.EventType;
import org.tidings.api.Hub;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.TopicName;

/**
 * The {@code SseBroadcaster} of Jakarta REST over a topic of the hub.
 *
 * <ul>
 *   <li>{@link #broadcast} publishes to the topic: to the sinks registered here and to everybody else who subscribed to
 *       it. The stage completes when the event is durable, whatever becomes of single sinks; exceptionally with a
 *       {@link RejectedException} or {@link EventLogException}. The event's name is its type. Its id gives way to the
 *       log's; its reconnection time and comment are left out; an event without data is not published.
 *   <li>{@link #register} hands the sink to the hub for good, and replays what the request's client missed.
 *   <li>When a registered sink's stream ends, for whatever reason, the {@code onClose} listeners hear it once; before
 *       them, if it was cut for being stalled or too slow or for a failure, the {@code onError} listeners.
 *   <li>{@link #close()} ends the streams of the sinks registered here, and theirs only. {@code close(false)} leaves
 *       them open and subscribed, and nobody hears of their end.
 * </ul>
 *
 * <p>Any thread. Only {@code broadcast} blocks, for one append of the log. Listeners are called outside locks, on a
 * thread of Tidings' own as a rule; one that throws harms no other.
 */
final class TopicBroadcaster implements SseBroadcaster {
    private static final System.Logger LOG = System.getLogger(TopicBroadcaster.class.getName());
    private static final Set<DisconnectReason> FAULTS =
            EnumSet.of(DisconnectReason.STALLED, DisconnectReason.SLOW_CONSUMER, DisconnectReason.FAILED);

    private final TopicName topic;
    private final Hub hub;
    private final BroadcasterStreams streams;
    private final PayloadWriter payloads;
    private final List<BiConsumer<SseEventSink, Throwable>> errorListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

    TopicBroadcaster(TopicName topic, Hub hub, BroadcasterStreams streams, PayloadWriter payloads) {
        this.topic = topic;
        this.hub = hub;
        this.streams = streams;
        this.payloads = payloads;
    }

    TopicName topic() {
        return topic;
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
        streams.open(this, required(sink));
        finish(); // a close that ran meanwhile may not have seen it
    }

    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        requireOpen();
        if (required(event).getData() == null) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return CompletableFuture.completedFuture(hub.publish(publication(event)));
        } catch (RejectedException | EventLogException e) {
            return CompletableFuture.failedFuture(e);
        }
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

    /** A stream of ours has ended. */
    void ended(SseEventSink sink, DisconnectReason reason) {
        if (FAULTS.contains(reason)) {
            var failure = new IOException("the subscriber's connection was cut: " + reason.slug());
            errorListeners.forEach(listener -> guarded(() -> listener.accept(sink, failure)));
        }
        closeListeners.forEach(listener -> guarded(() -> listener.accept(sink)));
    }

    private Publication publication(OutboundSseEvent event) {
        var type = Optional.ofNullable(event.getName()).map(EventType::new);
        return new Publication(topic, type, payloads.write(event.getData(), event.getMediaType()));
    }

    private void finish() {
        switch (phase.get()) {
            case OPEN -> {}
            case LEFT -> streams.forget(this);
            case CLOSED -> streams.disconnect(this);
        }
    }

    private void requireOpen() {
        if (phase.get() != Phase.OPEN) {
            throw new IllegalStateException("the broadcaster of the topic '" + topic + "' is closed");
        }
    }

    private static <T> T required(T argument) {
        if (argument == null) {
            throw new IllegalArgumentException("null is given to a broadcaster");
        }
        return argument;
    }

    private void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a listener of the broadcaster of the topic " + topic + " failed", e);
        }
    }

    private enum Phase {
        OPEN,
        /** Closed, its streams left open. */
        LEFT,
        CLOSED
    }
}
