package org.tidings.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;

/** What a subscriber asks for, by stream or by poll. Filled by the Jakarta REST runtime. */
public class SubscribeRequest {
    @QueryParam("topic")
    private List<String> topics = List.of();

    @QueryParam("after")
    @DefaultValue("")
    private String after = "";

    // What to go on with where events are missing.
    @QueryParam("gap")
    @DefaultValue("replay")
    private String gap = "replay";

    // EventSource sets it when it comes back, to a URL in which `after` still has its first value: so it wins.
    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
    @DefaultValue("")
    private String lastEventId = "";

    /** @throws RejectedException if a topic is malformed or reserved, or if there are none or too many */
    TopicSelector topics() {
        return TopicSelector.parse(topics);
    }

    /** @throws RejectedException if {@code gap} is neither of its two values */
    Cursor cursor() {
        Cursor asked = Cursor.parse(lastEventId.isEmpty() ? after : lastEventId);
        return switch (gap) {
            case "replay" -> asked;
            case "live" -> new Cursor.OrNow(asked);
            default ->
                throw new RejectedException(
                        RejectionReason.PARAMETER_MALFORMED, "the parameter 'gap' is 'replay' (the default) or 'live'");
        };
    }

    void requireMore(EventHub hub) {
        Answers.requireMore(hub, topics(), cursor());
    }
}
