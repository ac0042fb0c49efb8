package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.tidings.api.DisconnectReason;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubTopics;
import org.tidings.security.OperatorGuard;

/**
 * Open streams. The id of one, which its client was told and operators hear, is what gives the right to change it; to
 * end it is for operators.
 */
@Path("connections")
@ApplicationScoped
public class ConnectionsResource {
    @Inject
    private EventHub hub;

    @Inject
    private SinkWriters writers;

    @Inject
    private OperatorGuard operators;

    /** Changes the topics of a stream. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public void change(
            @PathParam("id") String connection,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            InputStream body,
            @Suspended AsyncResponse response) {
        TopicPatch patch = TopicPatch.read(body);
        HubTopics.requireKnown(patch.add());
        operators.check(Callers.of(uri, headers), patch.add());
        Answers.later(response, writers, hub.change(connection, patch.add(), patch.remove()), TopicPatch::answer);
    }

    /** Ends a stream, behind what waits for its client, who comes back by itself. */
    @DELETE
    @Path("{id}")
    public Response end(@PathParam("id") String connection, @Context UriInfo uri, @Context HttpHeaders headers) {
        operators.check(Callers.of(uri, headers));
        if (!hub.disconnect(connection, DisconnectReason.CLOSED)) {
            throw new RejectedException(RejectionReason.CONNECTION_UNKNOWN, "no open connection has this id");
        }
        return Response.accepted().build();
    }
}
