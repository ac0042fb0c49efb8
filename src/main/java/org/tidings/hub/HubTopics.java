package org.tidings.hub;

import java.util.Collection;
import java.util.List;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;

/** The hub's own topics, which operators hear (docs/protocol.md, "For operators"). */
public final class HubTopics {
    /** Counters and gauges of the whole hub. */
    public static final TopicName STATISTICS = new TopicName("$hub/statistics");

    /** What is subscribed to and published to most. */
    public static final TopicName TOPICS = new TopicName("$hub/topics");

    /** The open streams, those that are most behind first. */
    public static final TopicName CONNECTIONS = new TopicName("$hub/connections");

    private static final List<TopicName> ALL = List.of(STATISTICS, TOPICS, CONNECTIONS);

    private HubTopics() {}

    /**
     * What was asked for, the hub's own topics included: whoever asks must be an operator then.
     *
     * @throws RejectedException if one begins with {@code $} and matches none of the hub's topics, if there is none, or
     *     if there are too many
     */
    public static TopicSelector select(Collection<TopicMatcher> matchers) {
        requireKnown(matchers);
        return TopicSelector.ofAny(matchers);
    }

    /** @throws RejectedException if one begins with {@code $} and matches none of the hub's topics */
    public static void requireKnown(Collection<TopicMatcher> matchers) {
        for (TopicMatcher matcher : matchers) {
            if (matcher.isReserved() && ALL.stream().noneMatch(matcher::matches)) {
                throw new RejectedException(
                        RejectionReason.TOPIC_RESERVED,
                        "topics that begin with '$' are the hub's own, and '%s' is none of them: %s"
                                .formatted(matcher, ALL));
            }
        }
    }
}
