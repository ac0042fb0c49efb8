package org.tidings.hub;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.tidings.api.EventId;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;

/** What everything in the hub works with. Immutable; the parts are for any thread. */
record HubParts(
        EventLog log,
        HubSettings settings,
        HubScheduler scheduler,
        HubStatistics statistics,
        ControlFrames frames,
        RecentEvents recent,
        PageReader pages,
        PollReader polls) {

    EventId id(long offset) {
        return new EventId(log.epoch(), offset);
    }

    /** Whether nothing can follow behind the position: all of the topics are named in full and were ended before it. */
    boolean isOver(TopicSelector topics, long position) {
        return topics.patterns().isEmpty() && topics.exact().stream().allMatch(topic -> isOver(topic, position));
    }

    /** Which of the topics, of those that are named in full, were ended before the position: a stream does not tell. */
    List<String> ended(Collection<TopicMatcher> topics, long position) {
        return topics.stream()
                .filter(TopicMatcher::isExact)
                .map(TopicMatcher::value)
                .filter(topic -> isOver(topic, position))
                .toList();
    }

    private boolean isOver(String topic, long position) {
        OptionalLong end = log.endOf(new TopicName(topic));
        return end.isPresent() && end.getAsLong() <= position;
    }
}
