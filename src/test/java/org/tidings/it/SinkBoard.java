package org.tidings.it;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.tidings.api.SubscriberConnected;
import org.tidings.api.SubscriberDisconnected;
import org.tidings.testkit.Patience;

/** Where resource methods leave their sinks for the test, and what the hub said of its streams. */
@ApplicationScoped
public class SinkBoard {
    private final BlockingQueue<Held> sinks = new LinkedBlockingQueue<>();
    private final List<String> connected = new CopyOnWriteArrayList<>();
    private final List<String> disconnected = new CopyOnWriteArrayList<>();

    /** A sink, and what makes events for it. */
    public record Held(SseEventSink sink, Sse sse) {
        /** Sends text. */
        @CanIgnoreReturnValue
        public CompletableFuture<?> send(String data) {
            return send(sse.newEvent(data));
        }

        /** Sends an event. */
        @CanIgnoreReturnValue
        public CompletableFuture<?> send(OutboundSseEvent event) {
            return sink.send(event).toCompletableFuture();
        }
    }

    /** Leaves a sink. */
    public void put(SseEventSink sink, Sse sse) {
        sinks.add(new Held(sink, sse));
    }

    /** Forgets those that nobody took. */
    public void clear() {
        sinks.clear();
    }

    /** Takes the oldest. */
    public Held take() throws InterruptedException {
        Held held = sinks.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (held == null) {
            throw new AssertionError("no request left a sink within " + Patience.LIMIT);
        }
        return held;
    }

    /** The streams that the hub opened, in order. */
    public List<String> connected() {
        return connected;
    }

    /** The streams that ended, in order. */
    public List<String> disconnected() {
        return disconnected;
    }

    void hear(@Observes SubscriberConnected event) {
        connected.add(event.connection());
    }

    void hear(@Observes SubscriberDisconnected event) {
        disconnected.add(event.connection());
    }
}
