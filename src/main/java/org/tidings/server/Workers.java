package org.tidings.server;

import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;

/**
 * An application, each request of which has a stack of its own, on one of the listener's threads for that. Grizzly by
 * itself lets a connection's next request begin where the last one is answered, in the midst of it: Jersey's scopes get
 * mixed up, and of a client that sends hundreds without waiting the stack is full.
 */
final class Workers extends HttpHandler {
    private static final RequestExecutorProvider ALWAYS = Workers::executor;

    private final HttpHandler application;

    Workers(HttpHandler application) {
        this.application = application;
    }

    static Executor executor(Request request) {
        return request.getContext().getConnection().getTransport().getWorkerThreadPool();
    }

    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
        return ALWAYS;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        application.service(request, response);
    }

    @Override
    public void start() {
        super.start();
        application.start();
    }

    @Override
    public void destroy() {
        super.destroy();
        application.destroy();
    }
}
