package org.tidings.server;

import java.io.CharConversionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * Answers 400 to a request whose path, query or {@code Host} is no part of a URI. Behind this, Grizzly and Jersey would
 * make it a 500, and a warning with a stack for each: what a client did wrong would look like a fault of the server.
 */
final class WellFormedRequests extends BaseFilter {
    /** All that can be wrong with a query: other characters that have no place in one, Jersey escapes. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    @Override
    public NextAction handleRead(FilterChainContext context) {
        HttpContent content = context.getMessage();
        var request = (HttpRequestPacket) content.getHttpHeader();
        if (isWellFormed(request)) {
            return context.getInvokeAction();
        }
        context.write(answer(request, context.getMemoryManager()));
        // Behind the answer, the connection or HTTP/2's stream: the rest of the request is not wanted.
        request.getProcessingState().getHttpContext().close();
        return context.getStopAction();
    }

    private static boolean isWellFormed(HttpRequestPacket request) {
        try {
            request.getRequestURIRef().getDecodedRequestURIBC(true);
            String host = Objects.requireNonNullElse(request.getHeader("Host"), "localhost");
            var uri = new URI("http://" + host + request.getRequestURI());
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && host.equals(uri.getAuthority())
                    && !BROKEN_ESCAPE
                            .matcher(Objects.requireNonNullElse(request.getQueryString(), ""))
                            .find();
        } catch (CharConversionException | RuntimeException | URISyntaxException e) {
            // The decoder of paths has an unchecked exception for each place at which an escape can break off.
            return false;
        }
    }

    private static HttpContent answer(HttpRequestPacket request, MemoryManager<?> memory) {
        HttpResponsePacket response = request.getResponse();
        String sentence = "The path, the query or the Host of this request is no part of a URI.\n";
        response.setStatus(400);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(sentence.length());
        return response.httpContentBuilder()
                .content(Buffers.wrap(memory, sentence))
                .last(true)
                .build();
    }
}
