package org.tidings.it;

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
import java.util.concurrent.CompletionStage;
import org.tidings.api.Receipt;
import org.tidings.api.Topic;

/** A user's resource, written against Jakarta REST alone but for one qualifier. One for each request. */
@Path("room")
public class RoomResource {
    @Inject
    @Topic("room")
    SseBroadcaster broadcaster;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void listen(@Context SseEventSink sink) {
        broadcaster.register(sink);
    }

    /** Answers with the id. */
    @POST
    @Produces(MediaType.TEXT_PLAIN)
    public CompletionStage<String> say(@Context Sse sse, String text) {
        return broadcaster
                .broadcast(sse.newEvent("said", text))
                .thenApply(receipt -> ((Receipt) receipt).id().toString());
    }
}
