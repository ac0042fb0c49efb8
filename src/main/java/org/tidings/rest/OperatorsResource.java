package org.tidings.rest;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.tidings.hub.EventHub;
import org.tidings.report.Finding;
import org.tidings.report.StartReport;

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

    @Inject
    private StartReporter reporter;

    /** Whether the process should be left alone: if it can answer, yes. */
    @GET
    @Path("health/live")
    @Produces(MediaType.APPLICATION_JSON)
    public Response live() {
        return Response.ok(status("UP").build().toString()).build();
    }

    /** Whether requests should be sent here; and what was found at the start, which changes nothing of that. */
    @GET
    @Path("health/ready")
    @Produces(MediaType.APPLICATION_JSON)
    public Response ready() {
        boolean running = hub.isRunning();
        JsonObjectBuilder health = status(running ? "UP" : "DOWN");
        reporter.report().ifPresent(report -> health.add("findings", findings(report)));
        return Response.status(running ? Status.OK : Status.SERVICE_UNAVAILABLE)
                .entity(health.build().toString())
                .build();
    }

    /** The numbers. */
    @GET
    @Path("metrics")
    @Produces(MediaType.TEXT_PLAIN)
    public Response metrics() {
        return Response.ok(registry.scrape(), METRICS).build();
    }

    private static JsonObjectBuilder status(String word) {
        return Json.createObjectBuilder().add("status", word);
    }

    private static JsonArrayBuilder findings(StartReport report) {
        JsonArrayBuilder findings = Json.createArrayBuilder();
        report.findings().forEach(finding -> findings.add(json(finding)));
        return findings;
    }

    /** Without what is confidential: whoever reaches the hub may ask. */
    private static JsonObject json(Finding finding) {
        JsonObjectBuilder object =
                Json.createObjectBuilder().add("subject", finding.subject()).add("found", finding.found());
        finding.problem().ifPresent(problem -> object.add("problem", problem));
        return object.build();
    }
}
