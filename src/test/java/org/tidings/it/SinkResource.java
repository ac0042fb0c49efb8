package org.tidings.it;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import org.tidings.api.Hub;

/** Resource methods with a sink. */
@Path("")
@RequestScoped
@Produces(MediaType.SERVER_SENT_EVENTS)
public class SinkResource {
    @Inject
    Hub hub;

    @Inject
    SinkBoard board;

    /** The hub's, as most will be. */
    @GET
    @Path("hub")
    public void hub(@Context SseEventSink sink, @QueryParam("topic") String topic) {
        hub.connect(sink).topics(topic).open();
    }

    /** Returns and leaves the sink to the test. */
    @GET
    @Path("held")
    public void held(@Context SseEventSink sink, @Context Sse sse) {
        board.put(sink, sse);
    }

    /** All there is to say, and the end. */
    @GET
    @Path("three")
    public void three(@Context SseEventSink sink, @Context Sse sse) {
        try (sink) {
            for (int i = 1; i <= 3; i++) {
                sink.send(sse.newEvent(Integer.toString(i)));
            }
        }
    }

    /** Looks at the stage until it is done. */
    @GET
    @Path("spin")
    public void spin(@Context SseEventSink sink, @Context Sse sse) {
        CompletableFuture<?> first = sink.send(sse.newEvent("first")).toCompletableFuture();
        while (!first.isDone()) {
            Thread.onSpinWait();
        }
        sink.send(sse.newEvent("done: " + !first.isCompletedExceptionally()));
        sink.close();
    }

    /** Has no time. */
    @GET
    @Path("busy")
    public void busy(@Context SseEventSink sink) {
        throw new ServiceUnavailableException(7L);
    }

    /** Does not want to, and leaves the sink to the test. */
    @GET
    @Path("refused")
    public void refused(@Context SseEventSink sink, @Context Sse sse) {
        board.put(sink, sse);
        throw new ForbiddenException();
    }

    /** Notices that only when the hub has the stream. */
    @GET
    @Path("refused-late")
    public void refusedLate(@Context SseEventSink sink) {
        hub.connect(sink).topics("busy").open();
        throw new ForbiddenException();
    }

    /** Has no time, as it notices when the hub has the stream. */
    @GET
    @Path("busy-late")
    public void busyLate(@Context SseEventSink sink) {
        hub.connect(sink).topics("busy").open();
        throw new ServiceUnavailableException(7L);
    }

    /** Has a fault. */
    @GET
    @Path("broken")
    public void broken(@Context SseEventSink sink) {
        hub.connect(sink).topics("broken").open();
        throw new IllegalStateException("a method that fails, for a test");
    }

    /** Has one behind the first event. */
    @GET
    @Path("broken-late")
    public void brokenLate(@Context SseEventSink sink, @Context Sse sse) {
        board.put(sink, sse);
        sink.send(sse.newEvent("1"));
        throw new ServiceUnavailableException(7L);
    }

    /** Sends from a thread of its own, whose failure it ignores. */
    @GET
    @Path("elsewhere")
    public void elsewhere(@Context SseEventSink sink, @Context Sse sse) {
        CompletableFuture.supplyAsync(() -> sink.send(sse.newEvent("1")))
                .handle((stage, e) -> e)
                .join();
    }

    /** No stream. */
    @GET
    @Path("ping")
    @Produces(MediaType.TEXT_PLAIN)
    public String ping() {
        return "pong";
    }
}
