package org.tidings.rest;

import java.util.List;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Cursor;
import org.tidings.hub.HubTopics;
import org.tidings.security.Caller;
import org.tidings.security.OperatorGuard;

/**
 * A request for events, by stream or by poll, as it came.
 *
 * @param caller who asks
 * @param topics in the query, decoded
 * @param after in the query, decoded; empty if it is not there
 * @param gap in the query, decoded: what to go on with where events are missing
 * @param lastEventId the header; empty if it is not there. EventSource sets it when it comes back, to a URL in which
 *     {@code after} still has its first value: so it wins
 */
public record SubscribeCall(Caller caller, List<String> topics, String after, String gap, String lastEventId) {
    /** What {@code gap} is for who does not give it. */
    public static final String REPLAY = "replay";

    /**
     * @throws RejectedException if a topic is malformed or reserved, if there are none or too many, or if some are for
     *     operators and the caller is none
     */
    TopicSelector selector(OperatorGuard guard) {
        TopicSelector selector =
                HubTopics.select(topics.stream().map(TopicMatcher::new).toList());
        guard.check(caller, selector.matchers());
        return selector;
    }

    /** @throws RejectedException if {@code gap} is neither of its two values */
    Cursor cursor() {
        Cursor asked = Cursor.parse(lastEventId.isEmpty() ? after : lastEventId);
        return switch (gap) {
            case REPLAY -> asked;
            case "live" -> new Cursor.OrNow(asked);
            default ->
                throw new RejectedException(
                        RejectionReason.PARAMETER_MALFORMED, "the parameter 'gap' is 'replay' (the default) or 'live'");
        };
    }
}
