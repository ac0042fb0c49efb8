package org.tidings.server;

import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Answers a frequent request of the hub's on the thread that read it, without Jersey, to which it costs several times
 * what the hub does. The answer is the resource's own, from the same code.
 */
interface ShortWay {
    /** Whether the request looks like one that can go this way. */
    boolean isFor(Request request);

    /**
     * Answers it. Does not block.
     *
     * @return false if there is something about it that the resource should judge; it was not touched
     */
    boolean take(Request request, Response response) throws IOException;
}
