package org.tidings.it;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.api.Hub;

/** As in the documentation: hands its sink to the hub, and publishes through it. */
@Path("")
@RequestScoped
public class OwnStreamResource {
    @Inject
    Hub hub;

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(
            @QueryParam("topic") String topic, @Context SseEventSink sink, @HeaderParam("Last-Event-ID") String after) {
        hub.connect(sink).topics(topic).after(after).open();
    }

    /** With an event of its own before the hub's. */
    @GET
    @Path("greeted")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void greeted(@QueryParam("topic") String topic, @Context SseEventSink sink, @Context Sse sse) {
        sink.send(sse.newEvent("welcome")).toCompletableFuture().join();
        hub.connect(sink).topics(topic).open();
    }

    @POST
    @Path("publish")
    public String publish(@QueryParam("topic") String topic, @QueryParam("type") String type, String data) {
        return hub.publish(topic, type, data).id().toString();
    }

    @POST
    @Path("end")
    public String end(@QueryParam("topic") String topic) {
        return hub.end(topic).id().toString();
    }
}
