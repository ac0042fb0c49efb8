package org.tidings.it.servers.preface;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.api.Hub;

/** Hands its streams over too late, or behind a filter that they should not be behind. */
@Path("")
@RequestScoped
@Produces(MediaType.SERVER_SENT_EVENTS)
public class PrefaceResource {
    @Inject
    Hub hub;

    /** Has something to say first. */
    @GET
    @Path("spoken")
    public void spoken(@Context SseEventSink sink, @Context Sse sse, @QueryParam("topic") String topic) {
        sink.send(sse.newEvent("preface")).toCompletableFuture().join();
        hub.connect(sink).topics(topic).open();
    }

    /** Is behind {@link BlockingFilter}. */
    @GET
    @Path("filtered")
    public void filtered(@Context SseEventSink sink, @QueryParam("topic") String topic) {
        hub.connect(sink).topics(topic).open();
    }
}
