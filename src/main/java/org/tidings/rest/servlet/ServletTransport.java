package org.tidings.rest.servlet;

import jakarta.annotation.PostConstruct;
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
import org.tidings.report.probe.ServerProbe;
import org.tidings.rest.SinkTransport;
import org.tidings.rest.StartReporter;

/** Takes responses over from the sinks of Payara (Jersey over Grizzly) and WildFly (RESTEasy over Undertow). */
@ApplicationScoped
public class ServletTransport implements SinkTransport {
    /** What it is, for operators. */
    static final String NAME = "servlet: all that waits for a client is written at once, without blocking";

    @Inject
    private Instance<HttpServletRequest> requests;

    @Inject
    private BeanManager beans;

    @Inject
    private StartReporter reporter;

    // Set before it is used.
    private boolean expected;

    @PostConstruct
    void look() {
        expected = ServerProbe.find().isKnown();
    }

    @Override
    public Optional<Connection> takeOver(SseEventSink sink, OutboundSseEvent head) {
        Optional<Connection> taken = takeOverOf(sink, head);
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

    /** Of the request that is being served on this thread. */
    private Optional<Connection> takeOverOf(SseEventSink sink, OutboundSseEvent head) {
        AsyncContext context;
        try {
            HttpServletRequest request = requests.get();
            if (!request.isAsyncStarted()) {
                return portable(Fallback.NOT_ASYNCHRONOUS);
            }
            context = request.getAsyncContext();
        } catch (ContextNotActiveException | IllegalStateException e) {
            return portable(Fallback.NO_REQUEST);
        }
        if (context.getResponse().isCommitted()) {
            return portable(Fallback.BEGUN);
        }
        return NativeResponse.of(sink, context)
                .map(server -> begin(sink, head, context, server))
                .orElseGet(() -> portable(Fallback.UNKNOWN));
    }

    /**
     * Has the sink begin the response, and looks whether it is this request's: an application may have kept the sink of
     * another one.
     */
    private Optional<Connection> begin(
            SseEventSink sink, OutboundSseEvent head, AsyncContext context, NativeResponse server) {
        var response = (HttpServletResponse) context.getResponse();
        // Undertow buffers what is smaller than its buffer, and holds the rest of it back when the client is slow.
        response.setBufferSize(1);
        server.prepare(context.getRequest().getProtocol(), response);
        try {
            sink.send(head);
            if (!response.isCommitted()) {
                return portable(Fallback.HELD_BACK);
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

    /** Where something better was told at the start, operators hear why it is not so. */
    private Optional<Connection> portable(Fallback why) {
        if (expected) {
            reporter.fellBack(why.words());
        }
        return Optional.empty();
    }
}
