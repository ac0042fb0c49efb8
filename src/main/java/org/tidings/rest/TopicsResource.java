package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import org.tidings.api.TopicName;
import org.tidings.hub.EventHub;
import org.tidings.security.PublishGuard;

/** Topics as a whole. */
@Path("topics")
@ApplicationScoped
public class TopicsResource {
    private static final String PREFIX = "topics/";

    @Inject
    private EventHub hub;

    @Inject
    private SinkWriters writers;

    @Inject
    private PublishGuard guard;

    /** Ends a topic. */
    @DELETE
    @Path("{topic: .+}")
    public void end(@BeanParam PublishRequest request, @Context UriInfo uri, @Suspended AsyncResponse response) {
        request.call().authorize(guard);
        var receipt = hub.end(new TopicName(topic(uri)));
        Answers.later(response, writers, receipt, ended -> Answers.receipt(Status.OK, ended));
    }

    /** Not the path parameter: runtimes take what follows a semicolon, a matrix parameter, away from that. */
    private static String topic(UriInfo uri) {
        String path = uri.getPath(); // with a slash in front or without: the runtimes differ
        return path.substring(path.indexOf(PREFIX) + PREFIX.length());
    }
}
