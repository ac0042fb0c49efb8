package org.tidings.demo;

import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A refusal that is the demo's own, as RFC 9457 has it. */
final class ProblemException extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    /**
     * @param slug what kind of problem, stable, in kebab case
     * @param detail one sentence about this occurrence
     */
    ProblemException(int status, String slug, String title, String detail) {
        super(detail, answer(status, slug, title, detail));
    }

    private static Response answer(int status, String slug, String title, String detail) {
        String body = Json.createObjectBuilder()
                .add("type", "urn:tidings:problem:" + slug)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
        return Response.status(status)
                .type("application/problem+json")
                .entity(body)
                .build();
    }
}
