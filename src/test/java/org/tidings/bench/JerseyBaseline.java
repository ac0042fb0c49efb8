package org.tidings.bench;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * The base line: what an application has without Tidings, one {@code SseBroadcaster} of Jersey on Grizzly, no topics.
 */
@Path("events")
@Singleton
public final class JerseyBaseline {
    private final Sse sse;
    private final SseBroadcaster broadcaster;

    public JerseyBaseline(@Context Sse sse) {
        this.sse = sse;
        this.broadcaster = sse.newBroadcaster();
    }

    /** Prints where it listens, and runs until it is told to end. */
    public static void main(String[] args) throws InterruptedException {
        var server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"), new ResourceConfig(JerseyBaseline.class));
        server.getListener("grizzly").getKeepAlive().setMaxRequestsCount(-1); // a publisher keeps its connection
        System.out.println("Jersey listens on http://127.0.0.1:"
                + server.getListener("grizzly").getPort() + "/");
        Thread.currentThread().join();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(@Context SseEventSink sink) {
        broadcaster.register(sink);
        // Jersey sends the head with the first event.
        sink.send(sse.newEventBuilder().comment("hello").build());
    }

    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    public Response publish(String data) {
        broadcaster.broadcast(sse.newEvent(data));
        return Response.status(Response.Status.CREATED).build();
    }
}
