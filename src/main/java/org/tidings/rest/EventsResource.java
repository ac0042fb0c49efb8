package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.InputStream;
import org.tidings.api.TopicSelector;
import org.tidings.hub.EventHub;
import org.tidings.security.OperatorGuard;

/** Events: subscribe by stream or by poll, and publish. */
@Path("events")
@ApplicationScoped
public class EventsResource {
    // Who accepts anything (curl) gets the stream.
    private static final String PAGE = MediaType.APPLICATION_JSON + ";qs=0.5";

    @Inject
    private EventHub hub;

    @Inject
    private Connections connections;

    @Inject
    private SinkWriters writers;

    @Inject
    private Publishing publishing;

    @Inject
    private OperatorGuard operators;

    /** A stream of the events. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@BeanParam SubscribeRequest request, @Context SseEventSink sink) {
        SubscribeCall call = request.call();
        TopicSelector topics = requireMore(call);
        Answers.open(hub, topics, call.cursor(), connections.of(sink));
    }

    /** A page of events, at once or when there is one. */
    @GET
    @Produces(PAGE)
    public void page(
            @BeanParam SubscribeRequest request,
            @QueryParam("limit") String limit,
            @QueryParam("wait") String wait,
            @Suspended AsyncResponse response) {
        PageRequest page = PageRequest.parse(limit, wait);
        SubscribeCall call = request.call();
        TopicSelector topics = requireMore(call);
        var read = hub.poll(topics, call.cursor(), page.limit(), page.patience());
        Answers.later(response, writers, read, found -> page.answer(topics, call.gap(), found));
    }

    /** What {@link #stream} would begin with; opens none. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response streamHead(@BeanParam SubscribeRequest request) {
        requireMore(request.call());
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    /** What {@link #page} would begin with; does not wait. */
    @HEAD
    @Produces(PAGE)
    public Response pageHead(@BeanParam SubscribeRequest request) {
        requireMore(request.call());
        return Response.ok().type(MediaType.APPLICATION_JSON).build();
    }

    /** Publishes the body, whatever text it is: nothing is looked for in it, form parameters neither. */
    @POST
    public void publish(@BeanParam PublishRequest request, InputStream body, @Suspended AsyncResponse response) {
        var receipt = publishing.publish(request.call(), body);
        Answers.later(response, writers, receipt, published -> Answers.receipt(Status.CREATED, published));
    }

    /** What is asked for, if the caller may hear it and there is something left to hear. */
    private TopicSelector requireMore(SubscribeCall call) {
        TopicSelector topics = call.selector(operators);
        Answers.requireMore(hub, topics, call.cursor());
        return topics;
    }
}
