package org.tidings.it.servers.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.api.Topic;

/** A notice board: by the Jakarta REST interface, and by events of a fixed topic. */
@Path("board")
@ApplicationScoped
public class BoardResource {
    @Inject
    @Topic("shop/board")
    private SseBroadcaster broadcaster;

    @Inject
    @Topic("shop/board")
    private Event<Object> notices;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void read(@Context SseEventSink sink) {
        broadcaster.register(sink);
    }

    @POST
    @Path("broadcast")
    public void broadcast(String notice, @Context Sse sse) {
        broadcaster
                .broadcast(sse.newEvent("notice", notice))
                .toCompletableFuture()
                .join();
    }

    @POST
    @Path("event")
    public void fire(String notice) {
        notices.fire(notice);
    }
}
