package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.tidings.hub.EventHub;

/** Open streams. The id of one, which only its client was told, is what gives the right to change it. */
@Path("connections")
@ApplicationScoped
public class ConnectionsResource {
    @Inject
    private EventHub hub;

    @Inject
    private SinkWriters writers;

    /** Changes the topics of a stream. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public void change(@PathParam("id") String connection, InputStream body, @Suspended AsyncResponse response) {
        TopicPatch patch = TopicPatch.read(body);
        Answers.later(response, writers, hub.change(connection, patch.add(), patch.remove()), TopicPatch::answer);
    }
}
