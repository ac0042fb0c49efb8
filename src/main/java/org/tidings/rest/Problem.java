package org.tidings.rest;

import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Locale;

/** An error as RFC 9457 has it: {@code application/problem+json}. */
final class Problem {
    static final MediaType TYPE = new MediaType("application", "problem+json");

    private Problem() {}

    /**
     * The beginning of the answer. In the JSON, whatever the detail quotes is escaped.
     *
     * @param slug what kind of problem, stable, in kebab case; the title is made of it
     * @param detail one sentence about this occurrence
     */
    static ResponseBuilder of(String slug, int status, String detail) {
        String body = Json.createObjectBuilder()
                .add("type", "urn:tidings:problem:" + slug)
                .add("title", title(slug))
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
        return Response.status(status).type(TYPE).entity(body);
    }

    private static String title(String slug) {
        return slug.substring(0, 1).toUpperCase(Locale.ROOT) + slug.substring(1).replace('-', ' ');
    }
}
