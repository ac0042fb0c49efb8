package org.tidings.rest.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.tidings.foreign.ForeignObject;

/**
 * RESTEasy over Undertow. Its sink cannot be closed any more, for it would set a write listener of its own; the
 * asynchronous context can be completed.
 *
 * <p>A stream of HTTP/2 is an Undertow connection of its own: it has no socket options, and closing it resets the
 * stream.
 */
final class WildFlyResponse implements NativeResponse {
    private final AsyncContext context;
    private final ForeignObject connection; // io.undertow.server.ServerConnection

    private WildFlyResponse(AsyncContext context, ForeignObject connection) {
        this.context = context;
        this.connection = connection;
    }

    /** Empty: the connection cannot be found. */
    static Optional<NativeResponse> of(AsyncContext context, ForeignObject request) {
        return request.follow("getExchange", "getConnection")
                .map(connection -> new WildFlyResponse(context, connection));
    }

    /** The transfer coding has to be said: a response that ends with its connection would have none. */
    @Override
    public void prepare(String protocol, HttpServletResponse response) {
        set("SEND_BUFFER", SEND_BUFFER);
        if (protocol.equals(HTTP_1_1)) {
            response.setHeader("Connection", "close");
            response.setHeader("Transfer-Encoding", "chunked");
        }
    }

    /** Its writes throw. */
    @Override
    public boolean isGone() {
        return false;
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
        connection.call("close");
    }

    private void set(String option, Object value) {
        try {
            Class<?> options = Class.forName(
                    "org.xnio.Options", true, connection.object().getClass().getClassLoader());
            connection.call("setOption", options.getField(option).get(null), value);
        } catch (ReflectiveOperationException e) {
            // Another XNIO, without that option.
        }
    }
}
