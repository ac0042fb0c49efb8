package org.tidings.server;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;

/** The hub's application, with short ways for its most frequent requests. Everything else is Jersey's. */
final class HubHandler extends HttpHandler implements RequestExecutorProvider {
    /**
     * For who asks for events, which never blocks: lanes write streams, and pages are written elsewhere. When all
     * clients come back at once, few threads serve them as fast as many would, and leave processors to the lanes and to
     * who publishes. Any other answer may be one that waits for its client, who then would hold up all of them.
     */
    private final ExecutorService openings = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2), Daemons.named("tidings-opening"));

    /**
     * Whether this thread is: where Jersey completes an answer, the connection's next request begins, on the same
     * stack. Of a client that sends hundreds without waiting, it has to begin on another.
     */
    private final ThreadLocal<Boolean> withinJersey = ThreadLocal.withInitial(() -> false);

    private final String events;
    private final HttpHandler jersey;
    private final List<ShortWay> ways;

    /** @param events their path, as {@code /hub/events} */
    HubHandler(String events, HttpHandler jersey, List<ShortWay> ways) {
        this.events = events;
        this.jersey = jersey;
        this.ways = ways;
    }

    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
        return this;
    }

    @Override
    public Executor getExecutor(Request request) {
        boolean hasShortWay = hasShortWay(request);
        boolean asksForEvents =
                request.getMethod() == Method.GET && request.getRequestURI().equals(events);
        if ((hasShortWay || asksForEvents)
                && !withinJersey.get()
                // Promises that what is written next waits for nobody; else its client asks and does not read.
                && request.getResponse().getOutputBuffer().canWrite()) {
            return hasShortWay ? null : openings;
        }
        return Workers.executor(request);
    }

    private boolean hasShortWay(Request request) {
        for (ShortWay way : ways) {
            if (way.isFor(request)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        for (ShortWay way : ways) {
            if (way.isFor(request) && way.take(request, response)) {
                return;
            }
        }
        withinJersey.set(true);
        try {
            jersey.service(request, response);
        } finally {
            withinJersey.remove();
        }
    }

    @Override
    public void start() {
        super.start();
        jersey.start();
    }

    @Override
    public void destroy() {
        super.destroy();
        jersey.destroy();
        openings.shutdown();
    }
}
