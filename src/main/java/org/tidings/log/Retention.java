package org.tidings.log;

import java.time.Duration;
import java.util.List;
import org.tidings.api.ByteSize;
import org.tidings.api.TopicMatcher;

/**
 * How much the log keeps; whichever bound is met first removes the oldest events. The newest event always stays.
 *
 * @param age by the events' time
 * @param events how many
 * @param size how much; each engine says what it counts
 * @param topics ages of some topics, in the place of {@code age}; the first that matches counts. The other bounds are
 *     the whole log's
 */
public record Retention(Duration age, long events, ByteSize size, List<TopicAge> topics) {
    /** 24 hours, 1,000,000 events or 1 GiB; no topic has its own age. */
    public static final Retention DEFAULTS = new Retention(Duration.ofHours(24), 1_000_000, ByteSize.mebi(1024));

    /** @throws IllegalArgumentException if a bound keeps nothing */
    public Retention {
        requireTime(age);
        if (events < 1 || size.bytes() < 1) {
            throw new IllegalArgumentException(
                    "retention of %d events, %s: each must be more than nothing".formatted(events, size));
        }
        topics = List.copyOf(topics);
    }

    /** The same for all topics. */
    public Retention(Duration age, long events, ByteSize size) {
        this(age, events, size, List.of());
    }

    private static void requireTime(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("retention of %s: must be more than nothing".formatted(age));
        }
    }

    /**
     * Some topics' own age.
     *
     * @param matcher which topics
     * @param age how long they are kept
     */
    public record TopicAge(TopicMatcher matcher, Duration age) {
        /** @throws IllegalArgumentException if nothing would be kept */
        public TopicAge {
            requireTime(age);
        }
    }
}
