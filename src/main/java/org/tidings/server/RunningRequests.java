package org.tidings.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * The requests that have no answer yet. Grizzly has a count of its own, for a graceful stop, from which a request whose
 * client left before the answer is never taken: one poll that was broken off, and the stop would take all its time. Any
 * thread.
 */
@SuppressWarnings("rawtypes") // Grizzly's own declarations are
final class RunningRequests extends HttpServerProbe.Adapter {
    @GuardedBy("this")
    private final Set<Request> running = new HashSet<>();

    @Override
    public synchronized void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
        running.add(request);
    }

    @Override
    public void onRequestCompleteEvent(HttpServerFilter filter, Connection connection, Response response) {
        remove(response.getRequest());
    }

    /** The client has left, or the connection carries a stream now. */
    @Override
    public void onRequestCancelEvent(HttpServerFilter filter, Connection connection, Request request) {
        remove(request);
    }

    private synchronized void remove(Request request) {
        if (running.remove(request) && running.isEmpty()) {
            notifyAll();
        }
    }

    /** Waits until there is none, at most so long; says whether there is none. */
    synchronized boolean awaitNone(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0 && !running.isEmpty(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return running.isEmpty();
    }
}
