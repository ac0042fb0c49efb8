package org.tidings.hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.tidings.api.TopicName;

/**
 * How many events a second each topic has: by the newest events, which are in memory anyway, so that publishing counts
 * nothing. For one thread at a time.
 */
final class TopicRates {
    /** What is looked at. Of more events these stand for all. */
    private static final int SAMPLE = 4_096;

    /** A measurement that was so long ago says nothing of how it is now: nobody looked meanwhile. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private final RecentEvents recent;
    private Duration since; // null before the first time
    private long position;

    TopicRates(RecentEvents recent) {
        this.recent = recent;
    }

    /** Events a second since the last call, by topic; none the first time. Calls are some time apart. */
    Map<TopicName, Double> measure(Duration now) {
        Duration time = since == null ? STALE : now.minus(since);
        RecentEvents.Slice sample = recent.newest(position, SAMPLE);
        long end = recent.end();
        double events = sample.complete() ? sample.entries().size() : end - position;
        since = now;
        position = end;
        var rates = new HashMap<TopicName, Double>();
        if (time.compareTo(STALE) < 0) {
            double each =
                    events / sample.entries().size() * Duration.ofSeconds(1).toNanos() / time.toNanos();
            sample.entries().forEach(entry -> rates.merge(entry.topic(), each, Double::sum));
        }
        return rates;
    }
}
