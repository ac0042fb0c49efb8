package org.tidings.rest.servlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.Optional;
import org.tidings.foreign.ForeignObject;
import org.tidings.hub.Connection;
import org.tidings.rest.SinkTransport;

/** Takes responses over from the sinks of Payara (Jersey over Grizzly) and WildFly (RESTEasy over Undertow). */
@ApplicationScoped
public class ServletTransport implements SinkTransport {
    /** What it is, for operators. */
    static final String NAME = "servlet: all that waits for a client is written at once, without blocking";

    @Inject
    private Instance<HttpServletRequest> requests;

    @Inject
    private BeanManager beans;

    @Override
    public Optional<Connection> takeOver(SseEventSink sink, OutboundSseEvent head) {
        Optional<Connection> taken = asyncContext().flatMap(context -> takeOver(sink, head, context));
        taken.ifPresent(connection -> endScopeWithThread());
        return taken;
    }

    /**
     * Weld keeps the beans of an asynchronous request until it completes, which for a stream is never. Told that their
     * scope is no longer valid, it destroys them when the request's thread leaves.
     */
    private void endScopeWithThread() {
        new ForeignObject(beans.getContext(RequestScoped.class)).call("invalidate");
    }

    private static Optional<Connection> takeOver(SseEventSink sink, OutboundSseEvent head, AsyncContext context) {
        var response = (HttpServletResponse) context.getResponse();
        if (response.isCommitted()) {
            return Optional.empty();
        }
        return NativeResponse.of(sink, context).flatMap(server -> begin(sink, head, context, server));
    }

    /**
     * Has the sink begin the response, and looks whether it is this request's: an application may have kept the sink of
     * another one.
     */
    private static Optional<Connection> begin(
            SseEventSink sink, OutboundSseEvent head, AsyncContext context, NativeResponse server) {
        var response = (HttpServletResponse) context.getResponse();
        // Undertow buffers what is smaller than its buffer, and holds the rest of it back when the client is slow.
        response.setBufferSize(1);
        server.prepare(context.getRequest().getProtocol(), response);
        try {
            sink.send(head);
            if (!response.isCommitted()) {
                return Optional.empty();
            }
            var connection = new ServletConnection(response.getOutputStream(), server);
            context.setTimeout(0);
            context.addListener(connection);
            response.getOutputStream().setWriteListener(connection);
            return Optional.of(connection);
        } catch (IOException | IllegalStateException e) {
            // The client has gone meanwhile.
            return Optional.of(ServletConnection.lost(server));
        }
    }

    /** Of the request that is being served on this thread, if its answer may come later. */
    private Optional<AsyncContext> asyncContext() {
        try {
            HttpServletRequest request = requests.get();
            return request.isAsyncStarted() ? Optional.of(request.getAsyncContext()) : Optional.empty();
        } catch (ContextNotActiveException | IllegalStateException e) {
            return Optional.empty(); // none is
        }
    }
}
