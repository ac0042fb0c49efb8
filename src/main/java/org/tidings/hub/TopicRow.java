package org.tidings.hub;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;

/**
 * How busy one topic or pattern is.
 *
 * @param subscriptions of exactly this topic or pattern
 * @param rate events a second, to a tenth; 0 for a pattern
 */
record TopicRow(TopicMatcher matcher, long subscriptions, double rate) {
    static final Comparator<TopicRow> BUSIEST_FIRST = Comparator.comparingDouble(TopicRow::rate)
            .thenComparingLong(TopicRow::subscriptions)
            .reversed()
            .thenComparing(row -> row.matcher().value());

    static TopicRow of(TopicMatcher matcher, int subscriptions, Map<TopicName, Double> rates) {
        double rate = matcher.isExact() ? rates.getOrDefault(new TopicName(matcher.value()), 0.0) : 0;
        return new TopicRow(matcher, subscriptions, Math.round(rate * 10) / 10.0);
    }

    /** Subscriptions of this topic by patterns. */
    long byPatterns(List<TopicRow> patterns) {
        if (!matcher.isExact()) {
            return 0;
        }
        var topic = new TopicName(matcher.value());
        return patterns.stream()
                .filter(pattern -> pattern.matcher().matches(topic))
                .mapToLong(TopicRow::subscriptions)
                .sum();
    }
}
