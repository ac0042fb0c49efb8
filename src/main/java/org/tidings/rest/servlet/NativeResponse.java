package org.tidings.rest.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.tidings.foreign.ForeignObject;

/**
 * What the servlet API has no word for, of a response that Jakarta REST begins: its socket, and how the server wants it
 * ended. No method blocks or throws: what cannot be done was done by the client, by going first.
 */
interface NativeResponse {
    /**
     * What the kernel may hold for a client that reads nothing; left to itself it takes up to 4 MiB. The same as on the
     * embedded server.
     */
    int SEND_BUFFER = 64 * 1024;

    /** The protocol whose connections can be kept for other requests, and are not. */
    String HTTP_1_1 = "HTTP/1.1";

    /** Empty if the server is none that is known, or has changed so much that its socket cannot be found. */
    static Optional<NativeResponse> of(SseEventSink sink, AsyncContext context) {
        ServletRequest request = context.getRequest();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        String runtime = sink.getClass().getName();
        String server = request.getClass().getName();
        if (runtime.startsWith("org.glassfish.jersey.") && server.startsWith("org.apache.catalina.")) {
            return PayaraResponse.of(sink, new ForeignObject(request));
        }
        if (runtime.startsWith("org.jboss.resteasy.") && server.startsWith("io.undertow.")) {
            return WildFlyResponse.of(context, new ForeignObject(request));
        }
        return Optional.empty();
    }

    /**
     * Makes it and its socket fit for a stream, before its head is sent: bounds what is held for the client outside of
     * the hub. On HTTP/1.1 the connection ends with the response, for it is fit for nothing else then.
     *
     * @param protocol the request's
     */
    void prepare(String protocol, HttpServletResponse response);

    /**
     * Whether its client is known to have gone; asked before each write, for there are servers whose writes do not
     * tell.
     */
    boolean isGone();

    /** Ends it in good order. */
    void end();

    /**
     * Closes the client's socket now, or resets the stream where others share the socket. What is unsent is dropped.
     */
    void cut();
}
