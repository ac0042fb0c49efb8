package org.tidings.server.transport;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.glassfish.jersey.message.MessageBodyWorkers;

/** What an application is given for {@code @Context Sse}: Jersey's events, and broadcasters of our own. */
@Singleton
final class BroadcastingSse implements Sse {
    private final GrizzlyTransport transport;
    private final MessageBodyWorkers workers;

    @Inject
    BroadcastingSse(GrizzlyTransport transport, MessageBodyWorkers workers) {
        this.transport = transport;
        this.workers = workers;
    }

    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
        return new OutboundEvent.Builder();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
        return transport.broadcaster(workers);
    }
}
