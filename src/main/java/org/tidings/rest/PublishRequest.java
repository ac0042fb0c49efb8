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
                headers.getLength());
    }
}
