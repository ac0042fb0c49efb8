package org.tidings.server.transport;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.message.MessageBodyWorkers;
import org.glassfish.jersey.server.AsyncContext;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.tidings.hub.Connection;
import org.tidings.hub.HubSettings;
import org.tidings.rest.SinkWriters;

/** Streams over Grizzly, for the applications and the listener of one server. */
public final class GrizzlyTransport implements AutoCloseable {
    /** What it is, for operators. */
    public static final String NAME = "grizzly: what is encoded once for all clients goes straight to their sockets";

    private final Staging staging = new Staging();
    private final long limit;
    private final Stalled stalled;
    private final SinkWriters callbacks = new SinkWriters();
    private final ScheduledExecutorService timer;

    private GrizzlyTransport(HubSettings settings) {
        this.limit = settings.sendQueue().bytes();
        this.stalled = new Stalled(settings.stallLimit(), System::nanoTime);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "tidings-sinks");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A new one. Its bounds for sinks that applications send to are those of the hub's streams. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    public static GrizzlyTransport start(HubSettings settings) {
        var transport = new GrizzlyTransport(settings);
        transport.timer.scheduleWithFixedDelay(transport.stalled::cut, 1, 1, TimeUnit.SECONDS);
        return transport;
    }

    /** For each application. */
    public Feature feature() {
        return context -> {
            context.register(SinkProvider.class, ValueParamProvider.class);
            context.register(new AbstractBinder() {
                @Override
                protected void configure() {
                    bind(GrizzlyTransport.this).to(GrizzlyTransport.class);
                    bind(BroadcastingSse.class)
                            .to(Sse.class)
                            .in(Singleton.class)
                            .ranked(1); // before Jersey's
                }
            });
            return true;
        };
    }

    /** For the listener. */
    public AddOn addOn() {
        return (listener, chain) -> StreamFilters.add(chain);
    }

    /** Stops looking for clients that are stalled. Streams are not ended. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    StreamSink sink(Request request, ContainerRequest jersey, AsyncContext async) {
        GrizzlyConnection connection = connection(request);
        var sink = new StreamSink(
                StreamResponse.of(connection, request, jersey, async)::start,
                connection,
                new EventEncoding(jersey.getWorkers()),
                stalled,
                callbacks,
                limit);
        connection.open(sink);
        return sink;
    }

    SseBroadcaster broadcaster(MessageBodyWorkers workers) {
        return new SinkBroadcaster(new EventEncoding(workers), callbacks);
    }

    /**
     * Opens a stream without Jersey, on HTTP/1.
     *
     * @param head of its response
     * @param opening opens it on the connection; returns false, the connection untouched, if there is none
     * @return whether there is one; else the request is still to be answered
     */
    public boolean open(Request request, MultivaluedMap<String, String> head, Predicate<Connection> opening) {
        GrizzlyConnection connection = connection(request);
        if (!opening.test(connection)) {
            return false;
        }
        StreamHead.send(head, request, connection);
        return true;
    }

    private GrizzlyConnection connection(Request request) {
        var socket = (NIOConnection) request.getContext().getConnection();
        Protocol protocol = request.getProtocol();
        if (protocol == Protocol.HTTP_2_0) {
            return new Http2Connection(socket, request, stalled);
        }
        boolean chunked = protocol == Protocol.HTTP_1_1;
        return request.isSecure()
                ? new TlsConnection(socket, chunked, stalled)
                : new PlainConnection(socket, staging, chunked, stalled);
    }
}
