package org.tidings.rest;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/** A {@link PublishCall}, filled by the Jakarta REST runtime. */
public class PublishRequest {
    @QueryParam("topic")
    private List<String> topics = List.of();

    @QueryParam("type")
    private String type;

    @Context
    private HttpHeaders headers;

    @Context
    private UriInfo uri;

    PublishCall call() {
        return new PublishCall(
                Callers.of(uri, headers),
                topics,
                Optional.ofNullable(type),
                headers.getMediaType(),
                length(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH)));
    }

    /** What Jakarta REST gives is an int, which a length may be beyond. */
    private static long length(String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
}
