package org.tidings.rest.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * RESTEasy over Undertow. Its sink cannot be closed any more, for it would set a write listener of its own; the
 * asynchronous context can be completed.
 *
 * <p>A stream of HTTP/2 is an Undertow connection of its own: it has no socket options, and closing it resets the
 * stream.
 */
final class WildFlyResponse implements NativeResponse {
    private final AsyncContext context;
    private final Object connection; // io.undertow.server.ServerConnection

    WildFlyResponse(AsyncContext context, ServletRequest request) throws ReflectiveOperationException {
        this.context = context;
        Object exchange = Reflected.call(request, "getExchange");
        this.connection = Reflected.call(exchange, "getConnection");
    }

    /** The transfer coding has to be said: a response that ends with its connection would have none. */
    @Override
    public void prepare(HttpServletResponse response) {
        set("SEND_BUFFER", SEND_BUFFER);
        if (HTTP_1_1.equals(context.getRequest().getProtocol())) {
            response.setHeader("Connection", "close");
            response.setHeader("Transfer-Encoding", "chunked");
        }
    }

    @Override
    public void end() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // It is completed already.
        }
    }

    @Override
    public void cut() {
        set("CLOSE_ABORT", true); // RST: else the kernel goes on keeping what is unsent
        Reflected.tryCall(connection, "close");
    }

    private void set(String option, Object value) {
        try {
            Class<?> options = Class.forName(
                    "org.xnio.Options", true, connection.getClass().getClassLoader());
            Reflected.call(connection, "setOption", options.getField(option).get(null), value);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // The connection is closed.
        }
    }
}
