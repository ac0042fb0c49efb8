package org.tidings.hub;

import java.time.Duration;
import java.util.Comparator;
import org.tidings.api.TopicSelector;

/**
 * How one stream is.
 *
 * @param state its name in JSON
 * @param queued bytes that wait for the client, those that its transport holds included
 * @param through the offset up to which its events are on their way
 * @param lag how many offsets that is behind the newest event, of whatever topic
 * @param stalled for how long the client has not taken what it was given last
 */
record ConnectionReport(
        String id,
        String state,
        Duration age,
        long queued,
        long through,
        long lag,
        Duration stalled,
        TopicSelector topics) {
    /** Those first for whom an operator looks: who is behind, then who has much waiting, then who is here longest. */
    static final Comparator<ConnectionReport> SLOWEST_FIRST = Comparator.comparingLong(ConnectionReport::lag)
            .thenComparingLong(ConnectionReport::queued)
            .thenComparing(ConnectionReport::age)
            .reversed();
}
