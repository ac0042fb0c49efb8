package org.tidings.server;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.ShutdownEvent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpEvents.ResponseCompleteEvent;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http2.Http2AddOn;
import org.glassfish.grizzly.http2.Http2Configuration;
import org.glassfish.grizzly.http2.Http2ServerFilter;
import org.glassfish.grizzly.http2.Http2Stream;
import org.glassfish.grizzly.threadpool.Threads;

/**
 * HTTP/2 within TLS, for clients that ask for it (ALPN): Grizzly's filter, without four of its faults.
 *
 * <ul>
 *   <li>It notes all connections in a set that is not made for several threads.
 *   <li>When the server stops, it waits for each connection without a request to close by itself, which none does. Who
 *       waits for running requests is the filter above it, here as without HTTP/2.
 *   <li>It leaves a selector marked as a thread that may block; from then on the resource methods of HTTP/1.1 ran on
 *       it, and all connections of that selector waited for each of them.
 *   <li>It keeps each request that had a body, 10 KB, until the connection ends.
 * </ul>
 *
 * <p>Its methods are called on selectors and workers; what is kept for a connection is guarded by itself.
 */
final class Http2 implements AddOn {
    /** Each page that is open in a browser may hold some streams, and all share a connection. The default is 100. */
    private static final int MAX_STREAMS = 1000;

    private final int maxHeaderBytes;

    Http2(int maxHeaderBytes) {
        this.maxHeaderBytes = maxHeaderBytes;
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        var configuration = Http2Configuration.builder()
                .maxConcurrentStreams(MAX_STREAMS)
                .maxHeaderListSize(maxHeaderBytes)
                .enablePush(false)
                .build();
        new Http2AddOn(configuration).setup(listener, chain);
        int place = chain.indexOfType(Http2ServerFilter.class);
        chain.set(place, new Corrected(chain.get(place)));
    }

    /**
     * Keeps from the filter that connections come and go, and that the server stops; puts right what it leaves behind.
     */
    private static final class Corrected extends BaseFilter {
        private static final Attribute<Queue<Http2Stream>> ANSWERED = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
                Corrected.class.getName(), () -> new ArrayDeque<Http2Stream>());

        /** How many streams are remembered that were answered: their clients may still have to say that they end. */
        private static final int MAX_ANSWERED = 100;

        private static final VarHandle STATE = state();

        private final Filter http2;

        Corrected(Filter http2) {
            this.http2 = http2;
        }

        @Override
        public NextAction handleRead(FilterChainContext context) throws IOException {
            boolean mustNotBlock = Threads.isService();
            try {
                return http2.handleRead(context);
            } finally {
                Threads.setService(mustNotBlock);
            }
        }

        @Override
        public NextAction handleWrite(FilterChainContext context) throws IOException {
            return http2.handleWrite(context);
        }

        @Override
        public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) throws IOException {
            if (event.type() == ShutdownEvent.TYPE) {
                return context.getInvokeAction();
            }
            if (event.type() == ResponseCompleteEvent.TYPE
                    && HttpContext.get(context).getContextStorage() instanceof Http2Stream stream) {
                answered(context.getConnection(), stream);
            }
            return http2.handleEvent(context, event);
        }

        private static void answered(Connection<?> connection, Http2Stream stream) {
            Queue<Http2Stream> answered = ANSWERED.get(connection);
            synchronized (answered) {
                answered.add(stream);
                if (answered.size() > MAX_ANSWERED) {
                    forget(answered.remove());
                }
            }
        }

        /**
         * Makes a stream one that the session drops. Grizzly does that by itself for requests without a body; the
         * others it leaves half closed.
         */
        private static void forget(Http2Stream stream) {
            if (!stream.isOpen()) {
                synchronized (stream) { // as all that Grizzly does with the state
                    STATE.set(stream, Http2Stream.State.CLOSED);
                }
            }
        }

        private static VarHandle state() {
            try {
                return MethodHandles.privateLookupIn(Http2Stream.class, MethodHandles.lookup())
                        .findVarHandle(Http2Stream.class, "state", Http2Stream.State.class);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this is not Grizzly 4.0.2", e);
            }
        }
    }
}
