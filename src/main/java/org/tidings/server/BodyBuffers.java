package org.tidings.server;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * Keeps a body's memory that the connection's next requests are in, too. Grizzly has them read from a slice of the
 * body's buffer, gives the whole of that to its pool with the first request, and would write the answer over the next
 * ones: they would be read as something else, and published.
 */
final class BodyBuffers extends BaseFilter {
    private static final String FOLLOWED = BodyBuffers.class.getName();

    /** Whether the connection's next request came with the body of this one. */
    static boolean isFollowed(HttpRequestPacket request) {
        return request.getAttribute(FOLLOWED) != null;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        HttpContent content = context.getMessage();
        Buffer buffer = content.getContent();
        if (buffer.limit() < buffer.capacity()) {
            buffer.allowBufferDispose(false); // it is left to the collector
            ((HttpRequestPacket) content.getHttpHeader()).setAttribute(FOLLOWED, true);
        }
        return context.getInvokeAction();
    }
}
