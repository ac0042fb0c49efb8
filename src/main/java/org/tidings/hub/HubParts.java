package org.tidings.hub;

import org.tidings.api.EventId;
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
        return topics.patterns().isEmpty()
                && topics.exact().stream()
                        .map(topic -> log.endOf(new TopicName(topic)))
                        .allMatch(end -> end.isPresent() && end.getAsLong() <= position);
    }
}
