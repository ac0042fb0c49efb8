package org.tidings.rest.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;

/**
 * What the servlet API has no word for, of a response that Jakarta REST has begun: how the server wants it ended, and
 * its socket. No method blocks or throws: what cannot be done was done by the client, by going first.
 */
interface BegunResponse {
    /**
     * What the kernel may hold for a client that reads nothing; left to itself it takes up to 4 MiB. The same as on the
     * embedded server.
     */
    int SEND_BUFFER = 64 * 1024;

    /** Empty if the server is none that is known, or has changed so much that its socket cannot be found. */
    static Optional<BegunResponse> of(SseEventSink sink, AsyncContext context) {
        ServletRequest request = context.getRequest();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        String runtime = sink.getClass().getName();
        String server = request.getClass().getName();
        try {
            if (runtime.startsWith("org.glassfish.jersey.") && server.startsWith("org.apache.catalina.")) {
                return Optional.of(new PayaraResponse(sink, request));
            }
            if (runtime.startsWith("org.jboss.resteasy.") && server.startsWith("io.undertow.")) {
                return Optional.of(new WildFlyResponse(context, request));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(BegunResponse.class.getName())
                    .log(System.Logger.Level.DEBUG, "The portable transport is used", e);
        }
        return Optional.empty();
    }

    /** Bounds what is held for the client outside of the hub. */
    void bound();

    /** Ends it in good order. */
    void end();

    /**
     * Closes the client's socket now, or resets the stream where others share the socket. What is unsent is dropped.
     */
    void cut();
}
