package org.tidings.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
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

    // EventSource sets it when it comes back, to a URL in which `after` still has its first value: so it wins.
    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
    @DefaultValue("")
    private String lastEventId = "";

    /**
     * @throws org.tidings.api.RejectedException if a topic is malformed or reserved, or if there are none or too many
     */
    TopicSelector topics() {
        return TopicSelector.parse(topics);
    }

    Cursor cursor() {
        return Cursor.parse(lastEventId.isEmpty() ? after : lastEventId);
    }

    void requireMore(EventHub hub) {
        Answers.requireMore(hub, topics(), cursor());
    }
}
