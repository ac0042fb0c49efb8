package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.tidings.api.EventLogException;
import org.tidings.api.RejectedException;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Connection;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;
import org.tidings.security.OperatorGuard;

/** The stream of {@code GET /hub/events}, for a server that reads such a request by itself. */
@ApplicationScoped
public class Subscribing {
    @Inject
    private EventHub hub;

    @Inject
    private OperatorGuard operators;

    /**
     * Opens the stream that the resource would.
     *
     * @return false if the resource has something else to answer, a problem or 204; the connection was not touched
     */
    public boolean open(SubscribeCall call, Connection connection) {
        try {
            TopicSelector topics = call.selector(operators);
            Cursor cursor = call.cursor();
            if (hub.isOver(topics, cursor)) {
                return false;
            }
            hub.open(topics, cursor, connection);
            return true;
        } catch (RejectedException | EventLogException e) {
            return false;
        }
    }

    /** The head of the answer, as the resource and its filters would have it. */
    public static MultivaluedMap<String, String> head() {
        Response head = Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
        StreamHeaders.add(head.getHeaders());
        HubHeaders.add(head.getHeaders());
        return new MultivaluedHashMap<>(head.getStringHeaders()); // which makes its texts anew each time
    }
}
