package org.tidings.rest;

import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.tidings.api.EventType;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;
import org.tidings.security.Caller;
import org.tidings.security.PublishGuard;

/**
 * A request to publish, as it came: who asks, and what for.
 *
 * @param caller who asks
 * @param topics in the query, decoded; one is right
 * @param type the event type in the query, decoded
 * @param contentType of the body, or {@code null}
 * @param length of the body in bytes, or -1
 */
public record PublishCall(
        Caller caller, List<String> topics, Optional<String> type, MediaType contentType, long length) {

    /** @throws RejectedException if the caller may not publish */
    void authorize(PublishGuard guard) {
        guard.check(caller);
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
        var eventType = type.map(EventType::new);
        return new Publication(topic, eventType, TextBody.read(contentType, length, body));
    }
}
