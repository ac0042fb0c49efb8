package org.tidings.server.transport;

import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Begins the answer to a request for a stream, where Jersey has no part in it. HTTP/1 only. */
final class StreamHead {
    private StreamHead() {}

    /** Sends the head, and has the connection ready for frames; or tells it that its client has gone. */
    static void send(MultivaluedMap<String, String> head, Request request, GrizzlyConnection connection) {
        try {
            write(head, request.getResponse());
        } catch (IOException e) {
            connection.lost();
            return;
        } catch (RuntimeException e) {
            connection.lost();
            throw e;
        }
        Sockets.unbound(connection.socket());
        Sockets.detach(connection.socket(), request);
        connection.attach();
    }

    private static void write(MultivaluedMap<String, String> head, Response response) throws IOException {
        response.setStatus(200);
        head.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setHeader("Connection", "close"); // no request can follow
        response.flush();
    }
}
