package org.tidings.rest.servlet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.tidings.hub.Connection;
import org.tidings.wire.Frame;

/**
 * A response whose output is written without blocking (Jakarta Servlet 6.0, 3.8.3 and 5.7).
 *
 * <p>One thread at a time has the output: the lane from when the listener is told {@code writable} until
 * {@code isReady} says no, the container's from then on until it has told the listener. {@code isReady} is asked after
 * each write and not again, for who polls it may have its notice taken away; and there is one write for each time that
 * it said yes, for a second one may block.
 *
 * <p>Neither server tells of a client that goes: a write or flush that throws is the news, a heartbeat's at the latest;
 * or, where that would be swallowed, the question before it.
 */
final class ServletConnection implements Connection, WriteListener, AsyncListener {
    private final ServletOutputStream out;
    private final NativeResponse response;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private Listener listener;

    @GuardedBy("lock")
    private boolean writable; // since before there was a listener

    @GuardedBy("lock")
    private boolean released; // by the lane, which wants no more of it

    private volatile boolean lost;

    // Of the thread that has the output.
    private volatile boolean unflushed;

    ServletConnection(ServletOutputStream out, NativeResponse response) {
        this.out = out;
        this.response = response;
    }

    /** One whose client was gone before it began. */
    static ServletConnection lost(NativeResponse response) {
        var connection = new ServletConnection(null, response);
        connection.lost = true;
        return connection;
    }

    // ---- The lane's.

    @Override
    public void open(Listener connectionListener) {
        boolean begun;
        synchronized (lock) {
            listener = connectionListener;
            begun = writable;
        }
        if (lost) {
            connectionListener.closed();
        } else if (begun) {
            connectionListener.writable();
        }
    }

    @Override
    public boolean write(Frame frame) throws IOException {
        if (lost || response.isGone()) {
            throw new ClosedChannelException();
        }
        frame.writeTo(out);
        unflushed = true; // first, for once isReady has said no, onWritePossible may be called
        return flushed();
    }

    @Override
    public void end() {
        if (release()) {
            response.end();
        }
    }

    @Override
    public void abort() {
        if (release()) {
            response.cut();
            response.end();
        }
    }

    private boolean release() {
        lost = true;
        synchronized (lock) {
            boolean ours = !released;
            released = true;
            return ours;
        }
    }

    // ---- The container's.

    @Override
    public void onWritePossible() {
        Listener told;
        try {
            synchronized (lock) {
                if (released || (unflushed && !flushed())) {
                    return;
                }
                writable = true;
                told = listener;
            }
        } catch (IOException e) {
            lost();
            return;
        }
        if (told != null) {
            told.writable();
        }
    }

    @Override
    public void onError(Throwable failure) {
        lost();
    }

    @Override
    public void onError(AsyncEvent event) {
        lost();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        lost();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        lost();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it again.
    }

    private void lost() {
        lost = true;
        Listener told;
        synchronized (lock) {
            told = listener;
        }
        if (told != null) {
            told.closed();
        }
    }

    /** Whether what was written is on its way and the next frame can be taken; if not, onWritePossible is called. */
    private boolean flushed() throws IOException {
        if (!out.isReady()) {
            return false;
        }
        unflushed = false;
        out.flush();
        return out.isReady();
    }
}
