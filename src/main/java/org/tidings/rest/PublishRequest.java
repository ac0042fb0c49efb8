package org.tidings.rest;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tidings.api.EventType;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;
import org.tidings.security.PublishGuard;

/** Who publishes what, and to where. Filled by the Jakarta REST runtime. */
public class PublishRequest {
    @QueryParam("topic")
    private List<String> topics = List.of();

    @QueryParam("type")
    private String type;

    @HeaderParam(HttpHeaders.HOST)
    private String host;

    @HeaderParam("Origin")
    private String origin;

    @Context
    private HttpHeaders headers;

    @Context
    private UriInfo uri;

    /** @throws RejectedException if the caller may not publish */
    void authorize(PublishGuard guard) {
        guard.check(uri.getRequestUri().getScheme(), Objects.requireNonNullElse(host, ""), Optional.ofNullable(origin));
    }

    /** @throws RejectedException if a part is missing or breaks a limit */
    Publication publication(InputStream body) {
        if (topics.size() > 1) {
            throw new RejectedException(
                    RejectionReason.PARAMETER_MALFORMED,
                    topics.size() + " topics are given; an event is published to one");
        }
        // The parameters first: a body is not read for nothing.
        var topic = new TopicName(topics.isEmpty() ? "" : topics.get(0));
        var eventType = Optional.ofNullable(type).map(EventType::new);
        return new Publication(topic, eventType, TextBody.read(headers.getMediaType(), headers.getLength(), body));
    }
}
