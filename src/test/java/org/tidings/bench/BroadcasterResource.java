package org.tidings.bench;

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

/** The base line: what an application has without Tidings, one {@code SseBroadcaster} of its runtime, no topics. */
@Path("events")
public final class BroadcasterResource {
    private Sse sse;
    private SseBroadcaster broadcaster;

    @Context
    public void setSse(Sse sse) {
        this.sse = sse;
        this.broadcaster = sse.newBroadcaster();
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
