package org.tidings.server.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.nio.NIOConnection;
import org.tidings.hub.Connection;
import org.tidings.wire.Frame;

/**
 * A stream's way to its client, from the request on. Writable once the response's head is out and a listener is there,
 * whichever comes last; the head never comes if the request is answered otherwise.
 *
 * <p>Frames are written by one thread at a time, as {@link Connection} says. The rest is for any thread.
 */
abstract class GrizzlyConnection implements Connection {
    private final NIOConnection socket;
    private final CloseListener<Closeable, CloseType> whenClosed = (closed, type) -> lost();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private Listener listener;

    @GuardedBy("lock")
    private boolean attached; // the head is out: the response is ours to be ended

    @GuardedBy("lock")
    private boolean released; // by its owner, who wants no more of it

    private volatile boolean lost;

    GrizzlyConnection(NIOConnection socket) {
        this.socket = socket;
    }

    final NIOConnection socket() {
        return socket;
    }

    final boolean isLost() {
        return lost;
    }

    /** As the contract says. A second call, while writable, hands over to another listener. */
    @Override
    public final void open(Listener connectionListener) {
        boolean writable;
        synchronized (lock) {
            listener = connectionListener;
            writable = attached;
        }
        tell(connectionListener, writable);
    }

    /** The response's head is out and the connection is ours. */
    final void attach() {
        socket.addCloseListener(whenClosed); // calls at once if it is closed already
        watch(whenClosed);
        Listener waiting;
        boolean unwanted;
        synchronized (lock) {
            attached = true;
            waiting = listener;
            unwanted = released;
        }
        if (unwanted) {
            unwatchAll();
            cut();
        } else {
            tell(waiting, true);
        }
    }

    /** There is nobody to write to: the client has gone, or the request was answered otherwise. */
    final void lost() {
        lost = true;
        tell(listener(), false);
    }

    private void tell(Listener told, boolean writable) {
        if (told == null) {
            return;
        }
        if (lost) {
            told.closed();
        } else if (writable) {
            told.writable();
        }
    }

    @Override
    public final boolean write(Frame frame) throws IOException {
        if (lost) {
            throw new ClosedChannelException();
        }
        return send(frame);
    }

    @Override
    public final void end() {
        if (release()) {
            finish();
        }
    }

    @Override
    public final void abort() {
        if (release()) {
            cut();
        }
    }

    /** As {@link #write}. */
    abstract boolean send(Frame frame) throws IOException;

    /** As {@link #end}. */
    abstract void finish();

    /** As {@link #abort}. */
    abstract void cut();

    /** Ends it now: its client takes nothing. It may have been ended before, so that its owner no longer can. */
    void stalled() {
        lost();
        cut();
    }

    /** Has the listener told when the client goes, if the socket's end is not the only way for it to. */
    void watch(CloseListener<Closeable, CloseType> closed) {}

    /** Takes back what {@link #watch} did. */
    void unwatch(CloseListener<Closeable, CloseType> closed) {}

    private boolean release() {
        lost = true;
        boolean ours;
        synchronized (lock) {
            ours = attached && !released;
            released = true;
        }
        if (ours) {
            unwatchAll();
        }
        return ours;
    }

    /** The socket may go on without this stream (HTTP/2), and must not keep it. */
    private void unwatchAll() {
        socket.removeCloseListener(whenClosed);
        unwatch(whenClosed);
    }

    private Listener listener() {
        synchronized (lock) {
            return listener;
        }
    }

    /** Grizzly's answer to one write, which it may give before the write returns. */
    final class Written<T> extends EmptyCompletionHandler<T> {
        /** Taken by the first of the two that meet: the one who wrote, and the answer. */
        private final AtomicBoolean met = new AtomicBoolean();

        /** Asked once, by the one who wrote: whether all of it is out. If not, the listener hears of it later. */
        boolean isComplete() {
            return met.getAndSet(true);
        }

        @Override
        public void completed(T result) {
            if (met.getAndSet(true)) {
                listener().writable();
            }
        }

        @Override
        public void failed(Throwable failure) {
            lost();
        }

        @Override
        public void cancelled() {
            lost();
        }
    }
}
