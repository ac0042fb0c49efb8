package org.tidings.server.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.Flushable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.tidings.hub.Connection;
import org.tidings.rest.TransportSink;
import org.tidings.wire.Frame;

/**
 * What a resource method is given for {@code @Context SseEventSink}: for the hub to take over, or to send to. The
 * response begins with the first event, with {@link #close}, or when the method returns (Jakarta REST 3.1, 9.3).
 *
 * <p>Any thread. Nothing blocks: what the client does not take at once waits, in order, up to the limit; past it, or
 * when the client takes nothing for too long, the connection is cut and the stages of what was not sent fail. Stages
 * complete within {@link #send}, or where callbacks run: what an application hangs on them may block, and Grizzly's
 * selectors must not.
 */
final class StreamSink implements TransportSink, Flushable, Connection.Listener {
    private final Runnable start;
    private final GrizzlyConnection connection;
    private final EventEncoding encoding;
    private final Stalled stalled;
    private final Executor callbacks;
    private final long limit;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Queue<Sending> queue = new ArrayDeque<>(0);

    @GuardedBy("lock")
    private long bytes; // of what is queued and under way

    @GuardedBy("lock")
    private boolean writable;

    @GuardedBy("lock")
    private Sending underWay;

    @GuardedBy("lock")
    private boolean handedOver;

    @GuardedBy("lock")
    private boolean closed; // by the application

    @GuardedBy("lock")
    private boolean ended;

    /** @param start sends the response's head, unless that was done */
    StreamSink(
            Runnable start,
            GrizzlyConnection connection,
            EventEncoding encoding,
            Stalled stalled,
            Executor callbacks,
            long limit) {
        this.start = start;
        this.connection = connection;
        this.encoding = encoding;
        this.stalled = stalled;
        this.callbacks = callbacks;
        this.limit = limit;
    }

    @Override
    public Connection handOver() {
        synchronized (lock) {
            if (handedOver) {
                throw new IllegalStateException("the sink was handed over before");
            }
            if (bytes > 0) {
                throw new IllegalStateException("the client has not yet taken what was sent to the sink: hand it over"
                        + " first, or when the stages of those events have completed");
            }
            handedOver = true;
        }
        end.complete(null);
        return connection;
    }

    /** From Jersey, when the resource method has returned. */
    @Override
    public void flush() {
        start.run();
    }

    @Override
    public boolean isClosed() {
        synchronized (lock) {
            return closed || connection.isLost();
        }
    }

    /** {@inheritDoc} The stage completes when the event is with the client's socket. */
    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        if (event == null) {
            throw new IllegalArgumentException("null is sent to a sink");
        }
        requireOpen();
        Frame frame;
        try {
            frame = encoding.encode(event);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return send(frame);
    }

    /** As {@link #send(OutboundSseEvent)}, of what others may be sent too. */
    CompletionStage<?> send(Frame frame) {
        var sending = new Sending(frame, new CompletableFuture<>());
        if (!enqueue(sending)) {
            var slow = new IOException("the client is too slow: more than " + limit + " bytes wait for it");
            end.completeExceptionally(slow);
            connection.lost();
            return CompletableFuture.failedFuture(slow);
        }
        flush();
        drain(Runnable::run);
        return sending.stage();
    }

    /**
     * Completes when the sink is closed or handed over, or its client has gone; exceptionally if that was before the
     * client had everything.
     */
    CompletionStage<?> end() {
        return end;
    }

    @Override
    public void close() {
        boolean handed;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            handed = handedOver;
        }
        end.complete(null);
        if (handed) {
            connection.lost();
        } else {
            flush();
            drain(Runnable::run);
        }
    }

    // ---- From the connection, on any thread.

    @Override
    public void writable() {
        sent(callbacks);
        drain(callbacks);
    }

    @Override
    public void closed() {
        List<Sending> unsent;
        synchronized (lock) {
            unsent = new ArrayList<>(queue);
            if (underWay != null) {
                unsent.add(0, underWay);
            }
            queue.clear();
            underWay = null;
            writable = false;
            bytes = 0;
            stalled.forget(connection);
        }
        connection.abort();
        if (!unsent.isEmpty()) {
            var gone = new IOException("the connection is closed");
            callbacks.execute(() -> unsent.forEach(sending -> sending.stage().completeExceptionally(gone)));
            end.completeExceptionally(gone);
        }
        end.complete(null);
    }

    // ---- One frame after the other.

    private boolean enqueue(Sending sending) {
        synchronized (lock) {
            requireOpen();
            if (bytes > 0 && bytes + sending.frame().length() > limit) {
                return false;
            }
            queue.add(sending);
            bytes += sending.frame().length();
            return true;
        }
    }

    private void drain(Executor completion) {
        for (Sending next = next(); next != null; next = next()) {
            try {
                if (!connection.write(next.frame())) {
                    await(next);
                    return;
                }
            } catch (IOException | RuntimeException e) {
                connection.lost();
                return;
            }
            sent(completion);
        }
        if (isOver()) {
            connection.end();
        }
    }

    /** Has the client watched, unless it has taken what it was given meanwhile. */
    private void await(Sending given) {
        synchronized (lock) {
            if (given.equals(underWay)) {
                stalled.watch(connection);
            }
        }
    }

    private Sending next() {
        synchronized (lock) {
            if (!writable || queue.isEmpty()) {
                return null;
            }
            writable = false;
            underWay = queue.remove();
            return underWay;
        }
    }

    /** The connection has taken what was under way, and can take more. */
    private void sent(Executor completion) {
        Sending sent;
        synchronized (lock) {
            sent = underWay;
            underWay = null;
            writable = true;
            bytes -= sent == null ? 0 : sent.frame().length();
            stalled.forget(connection);
        }
        if (sent != null) {
            completion.execute(() -> sent.stage().complete(null));
        }
    }

    private boolean isOver() {
        synchronized (lock) {
            boolean over = closed && !handedOver && writable && queue.isEmpty() && !ended;
            ended |= over;
            return over;
        }
    }

    private void requireOpen() {
        synchronized (lock) {
            if (closed || connection.isLost()) {
                throw new IllegalStateException("the sink is closed");
            }
            if (handedOver) {
                throw new IllegalStateException("the sink was handed to the hub: publish to a topic of its stream");
            }
        }
    }

    private record Sending(Frame frame, CompletableFuture<Object> stage) {}
}
