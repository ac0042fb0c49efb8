package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;

/** Readers of a log that loses events by all its bounds, and whose ages change: what they do not get they are told. */
class LossTest extends LogOnDisk {
    private static final List<String> NAMES = List.of("a", "a/x", "a/y", "b", "b/x", "c");
    private static final List<String> MATCHERS =
            List.of("a", "a/x", "a/*", "a/**", "b/**", "*/x", "**", "c", "d/*", "*");

    private final List<Event> appended = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatAReaderDoesNotGetItIsTold(long seed) {
        var random = new Random(seed);
        Instant now = NOON;
        for (int i = 0; i < 400; i++) {
            now = now.plusSeconds(random.nextInt(20) == 0 ? -random.nextInt(300) : random.nextInt(30));
            switch (random.nextInt(12)) {
                case 0 -> log.retain(now);
                case 1 -> retain(now);
                case 2 -> readers.add(new Reader(selector(random)));
                case 3 -> readers.add(fromOldest(selector(random)));
                case 4, 5, 6 -> readers.forEach(reader -> reader.read(random));
                case 7 -> {
                    if (random.nextInt(4) == 0) {
                        reopen(retention(random));
                    }
                }
                default -> appended.add(append(NAMES.get(random.nextInt(NAMES.size())), "x", now));
            }
            trimmedIsTrue(seed);
        }
        readers.forEach(reader -> reader.finish(random));
        Set<Event> there = new HashSet<>();
        var all = new Reader(topics("**"));
        all.finish(random);
        there.addAll(all.events);
        assertThat(readers).isNotEmpty().allSatisfy(reader -> reader.verify(seed, there));
    }

    /** Nothing is left up to there. */
    private void trimmedIsTrue(long seed) {
        for (String matcher : MATCHERS) {
            long trimmed = log.trimmed(topics(matcher));
            List<Event> left = log.read(0, topics(matcher), WIDE).events();
            assertThat(left)
                    .as("seed %d, %s", seed, matcher)
                    .allMatch(event -> event.id().offset() > trimmed);
        }
    }

    /** Begins where there may be something, as who asks for the oldest does; what went before is not for it. */
    private Reader fromOldest(TopicSelector selector) {
        return new Reader(selector, log.trimmed(selector));
    }

    private static TopicSelector selector(Random random) {
        return topics(MATCHERS.get(random.nextInt(MATCHERS.size())), MATCHERS.get(random.nextInt(MATCHERS.size())));
    }

    private static Retention retention(Random random) {
        var ages = new ArrayList<Retention.TopicAge>();
        Set<String> used = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String matcher = MATCHERS.get(random.nextInt(MATCHERS.size()));
            if (used.add(matcher)) {
                ages.add(new Retention.TopicAge(new TopicMatcher(matcher), age(random)));
            }
        }
        return new Retention(age(random), 20 + random.nextInt(100), ByteSize.mebi(64), ages);
    }

    private static Duration age(Random random) {
        return Duration.ofSeconds(10 + random.nextInt(2_000));
    }

    private final class Reader {
        final TopicSelector selector;
        final long start;
        final List<Event> events = new ArrayList<>();
        private final List<long[]> losses = new ArrayList<>();
        private long position;

        Reader(TopicSelector selector) {
            this(selector, 0);
        }

        private Reader(TopicSelector selector, long start) {
            this.selector = selector;
            this.start = start;
            this.position = start;
        }

        void read(Random random) {
            Page page = log.read(position, selector, new PageLimit(1 + random.nextInt(5), ByteSize.kibi(1)));
            assertThat(page.through()).isGreaterThanOrEqualTo(position);
            if (page.lostThrough() > position) {
                assertThat(page.resumed()).isGreaterThanOrEqualTo(position);
                losses.add(new long[] {position, page.lostThrough()});
            }
            events.addAll(page.events());
            position = page.through();
        }

        void finish(Random random) {
            while (position < log.end()) {
                read(random);
            }
        }

        void verify(long seed, Set<Event> there) {
            List<Event> mine = appended.stream()
                    .filter(event -> event.id().offset() > start && selector.matches(event.topic()))
                    .filter(event -> events.contains(event) || there.contains(event) || !isLost(event))
                    .toList();
            assertThat(events).as("seed %d, %s from %d", seed, selector, start).isEqualTo(mine);
        }

        private boolean isLost(Event event) {
            long offset = event.id().offset();
            return losses.stream().anyMatch(loss -> loss[0] < offset && offset <= loss[1]);
        }
    }
}
