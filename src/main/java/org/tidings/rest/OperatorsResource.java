package org.tidings.rest;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.tidings.hub.EventHub;

/** What operators and their tools ask. */
@Path("")
@ApplicationScoped
public class OperatorsResource {
    /** Prometheus' text exposition format. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    private EventHub hub;

    @Inject
    private PrometheusMeterRegistry registry;

    /** Whether the process should be left alone: if it can answer, yes. */
    @GET
    @Path("health/live")
    @Produces(MediaType.APPLICATION_JSON)
    public Response live() {
        return health(Status.OK, "UP");
    }

    /** Whether requests should be sent here. */
    @GET
    @Path("health/ready")
    @Produces(MediaType.APPLICATION_JSON)
    public Response ready() {
        return hub.isRunning() ? health(Status.OK, "UP") : health(Status.SERVICE_UNAVAILABLE, "DOWN");
    }

    /** The numbers. */
    @GET
    @Path("metrics")
    @Produces(MediaType.TEXT_PLAIN)
    public Response metrics() {
        return Response.ok(registry.scrape(), METRICS).build();
    }

    private static Response health(Status status, String word) {
        return Response.status(status).entity("{\"status\":\"" + word + "\"}").build();
    }
}
