package org.tidings.it;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** One broadcaster for all who listen; each stream begins with its number. */
@Path("")
@ApplicationScoped
public class RadioResource {
    /** As JSON. */
    public record Said(String text) {}

    private final List<SseEventSink> sinks = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Context
    private Sse injected;

    private SseBroadcaster broadcaster;

    @PostConstruct
    void start() {
        broadcaster = injected.newBroadcaster();
        broadcaster.onError((sink, failure) -> heard.add("error " + sinks.indexOf(sink)));
        broadcaster.onClose(sink -> heard.add("closed " + sinks.indexOf(sink)));
    }

    /** Registers the sink. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void listen(@Context SseEventSink sink, @Context Sse sse) {
        sinks.add(sink);
        broadcaster.register(sink);
        var unused = sink.send(sse.newEvent("number", Integer.toString(sinks.indexOf(sink))));
    }

    /** Registers the sink, and fails. */
    @GET
    @Path("refused")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void refuse(@Context SseEventSink sink) {
        sinks.add(sink);
        broadcaster.register(sink);
        throw new WebApplicationException(
                Response.status(503).header("Number", sinks.indexOf(sink)).build());
    }

    /** Broadcasts. */
    @POST
    public CompletionStage<String> say(@Context Sse sse, String text) {
        var event = sse.newEventBuilder()
                .name("said")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(new Said(text))
                .build();
        return broadcaster.broadcast(event).thenApply(done -> "said");
    }

    /** What kinds of broadcaster there are, by the ways in which an Sse is injected. */
    @GET
    @Path("kinds")
    public String kinds(@Context Sse sse) {
        return injected.newBroadcaster().getClass().getSimpleName() + " "
                + sse.newBroadcaster().getClass().getSimpleName();
    }

    /** Signs off. */
    @POST
    @Path("close")
    public void close() {
        broadcaster.close();
        start();
    }

    /** What the listeners heard. */
    public List<String> heard() {
        return heard;
    }
}
