package org.tidings.server;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.tidings.rest.SubscribeCall;
import org.tidings.rest.Subscribing;
import org.tidings.security.Caller;
import org.tidings.server.transport.GrizzlyTransport;

/**
 * A {@code GET} of {@code events} as an EventSource makes it, over HTTP/1.1. Besides what Jersey would cost: when all
 * clients come back at once, thousands of requests that wait for their turn would be what the collector has to copy
 * again and again, while everybody waits for it.
 */
final class ShortOpening implements ShortWay {
    /** Of an EventSource, and of curl. */
    private static final Set<String> STREAMS = Set.of(MediaType.SERVER_SENT_EVENTS, MediaType.WILDCARD);

    private static final Set<String> SINGLE = Set.of("after", "gap");

    private final String path;
    private final Subscribing subscribing;
    private final GrizzlyTransport streams;
    private final MultivaluedMap<String, String> head = Subscribing.head();

    /** @param path of the events, as {@code /hub/events} */
    ShortOpening(String path, Subscribing subscribing, GrizzlyTransport streams) {
        this.path = path;
        this.subscribing = subscribing;
        this.streams = streams;
    }

    @Override
    public boolean isFor(Request request) {
        HttpRequestPacket packet = request.getRequest();
        return request.getMethod() == Method.GET
                && request.getProtocol() == Protocol.HTTP_1_1
                && request.getRequestURI().equals(path)
                && acceptsStreams(request)
                && !packet.isUpgrade()
                && !packet.isChunked()
                && request.getContentLengthLong() <= 0;
    }

    /** Where it takes no ranks to see that it is a stream that is asked for. */
    private static boolean acceptsStreams(Request request) {
        Iterator<String> accept = request.getHeaders(HttpHeaders.ACCEPT).iterator();
        return !accept.hasNext() || (STREAMS.contains(accept.next()) && !accept.hasNext());
    }

    @Override
    public boolean take(Request request, Response response) {
        Optional<SubscribeCall> call = call(request);
        return call.isPresent() && streams.open(request, head, connection -> subscribing.open(call.get(), connection));
    }

    private static Optional<SubscribeCall> call(Request request) {
        return Query.read(
                request,
                SINGLE,
                query -> new SubscribeCall(
                        Caller.of(request.getScheme(), request::getHeader),
                        query.all("topic"),
                        query.first("after").orElse(""),
                        query.first("gap").orElse(SubscribeCall.REPLAY),
                        Objects.requireNonNullElse(request.getHeader(HttpHeaders.LAST_EVENT_ID_HEADER), "")));
    }
}
