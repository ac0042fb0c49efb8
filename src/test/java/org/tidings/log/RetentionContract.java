package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.log.LogUnderTest.offset;
import static org.tidings.log.LogUnderTest.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;

/** What is removed, when, and what a reader hears of it. */
interface RetentionContract extends LogUnderTest {
    @Test
    default void theOldestEventsGoWhenThereAreTooMany() {
        startAnew(keepEvents(3));
        appendCounted("a", 5);

        assertThat(data(trimmed(), "a")).containsExactly("3", "4", "5");
        assertThat(log().size().events()).isEqualTo(3);
    }

    @Test
    default void aBatchLargerThanTheLogLeavesItsNewestEvents() {
        startAnew(keepEvents(2));
        log().append(List.of(Publication.of("a", "1"), Publication.of("a", "2"), Publication.of("a", "3")), NOON);

        assertThat(data(trimmed(), "a")).containsExactly("2", "3");
    }

    @Test
    default void theFollowerHearsOfABatchWhatRetentionRemovesAtOnce() {
        startAnew(keepEvents(1));
        var heard = new ArrayList<Event>();
        log().follow(heard::addAll);

        log().append(List.of(Publication.of("a", "1"), Publication.of("a", "2")), NOON);

        assertThat(heard).extracting(Event::data).containsExactly("1", "2");
    }

    /** Engines count their own bookkeeping too, and may count two bytes for a character. */
    @Test
    default void theOldestEventsGoWhenTheyAreTooLarge() {
        startAnew(new Retention(Duration.ofDays(1), 1_000, ByteSize.kibi(100)));
        for (int i = 1; i <= 30; i++) {
            append("a", i + "x".repeat(10 * 1024));
        }

        List<Event> kept = read(trimmed(), "a");
        assertThat(kept).hasSizeBetween(3, 9);
        assertThat(kept.get(kept.size() - 1).data()).startsWith("30x");
    }

    @Test
    default void eventsGoWhenTheyAreTooOld() {
        startAnew(keepFor(Duration.ofHours(1)));
        append("a", "old", NOON);
        append("a", "young", NOON.plusSeconds(60));
        append("a", "newest", NOON.plusSeconds(120));

        log().retain(NOON.plusSeconds(3_600));
        assertThat(data(0, "a")).containsExactly("old", "young", "newest");

        log().retain(NOON.plusSeconds(3_601));
        assertThat(data(trimmed(), "a")).containsExactly("young", "newest");
    }

    @Test
    default void manyOldEventsAreAllRemovedInTheEnd() {
        startAnew(keepFor(Duration.ofHours(1)));
        appendCounted("a", 10_000);

        for (int i = 0; i < 100; i++) {
            log().retain(NOON.plusSeconds(7_200)); // Each call may stop early.
        }

        assertThat(data(trimmed(), "a")).containsExactly("10000");
    }

    @Test
    default void theNewestEventStaysWhateverItsSizeAndAge() {
        startAnew(new Retention(Duration.ofSeconds(1), 10, new ByteSize(1)));
        append("a", "first");
        append("a", "newest");

        log().retain(NOON.plus(Duration.ofDays(365)));

        assertThat(data(trimmed(), "a")).containsExactly("newest");
    }

    @Test
    default void theEndNeverFalls() {
        startAnew(new Retention(Duration.ofSeconds(1), 2, new ByteSize(1)));
        long end = 0;
        for (int i = 0; i < 5; i++) {
            append("a", "x", NOON.plusSeconds(i));
            log().retain(NOON.plusSeconds(100 + i));

            assertThat(log().end()).isGreaterThan(end);
            end = log().end();
        }
    }

    @Test
    default void trimmedIsBehindWhatWentAndBeforeWhatStays() {
        startAnew(keepEvents(3));
        List<Event> events = appendCounted("a", 5);

        assertThat(trimmed()).isBetween(offset(events.get(1)), offset(events.get(2)) - 1);
    }

    @Test
    default void nothingIsLostBeforeTheFirstRemoval() {
        startAnew(keepEvents(3));
        appendCounted("a", 3);

        assertThat(trimmed()).isZero();
        assertThat(log().read(0, topics("a"), WIDE).lostThrough()).isZero();
    }

    @Test
    default void aReaderBehindWhatWentHearsHowFarItIsLost() {
        startAnew(keepEvents(3));
        List<Event> events = appendCounted("a", 5);

        for (long after : new long[] {0, offset(events.get(0))}) {
            Page page = log().read(after, topics("a"), WIDE);
            assertThat(page.lostThrough()).isEqualTo(trimmed()).isGreaterThan(after);
            assertThat(page.events()).extracting(Event::data).containsExactly("3", "4", "5");
            assertThat(page.through()).isEqualTo(log().end());
        }
    }

    @Test
    default void aReaderThatHasHadWhatWentHasLostNothing() {
        startAnew(keepEvents(3));
        List<Event> events = appendCounted("a", 5);

        for (Event had : events.subList(1, 5)) {
            Page page = log().read(offset(had), topics("a"), WIDE);
            assertThat(page.lostThrough()).isLessThanOrEqualTo(offset(had));
        }
    }

    /** Whoever reads a topic that has nothing left must hear of the loss too, and must get past it. */
    @Test
    default void aLossIsToldWithoutAnyEventOfTheTopics() {
        startAnew(keepEvents(1));
        append("a", "gone");
        append("b", "stays");

        Page page = log().read(0, topics("a"), WIDE);

        assertThat(page.events()).isEmpty();
        assertThat(page.lostThrough()).isGreaterThan(0);
        assertThat(page.through()).isEqualTo(log().end());
    }

    @Test
    default void aClockSetBackDoesNotBreakTheOrder() {
        startAnew(keepFor(Duration.ofHours(1)));
        append("a", "1", NOON);
        append("a", "2", NOON.minusSeconds(86_400));
        append("a", "3", NOON.plusSeconds(1));

        assertThat(data(0, "a")).containsExactly("1", "2", "3");
    }

    /** By its time alone the second event is old; but it was appended behind one that is not. */
    @Test
    default void anEventStaysWhileAnOlderOneDoesAlthoughTheClockWasSetBack() {
        startAnew(keepFor(Duration.ofHours(1)));
        append("a", "1", NOON);
        append("a", "2", NOON.minusSeconds(86_400));
        append("a", "3", NOON.plusSeconds(1));

        log().retain(NOON.plusSeconds(2));
        assertThat(data(0, "a")).containsExactly("1", "2", "3");

        log().retain(NOON.plusSeconds(3_601));
        assertThat(data(trimmed(), "a")).containsExactly("3");
    }

    @Test
    default void aClockSetBackRemovesNothing() {
        startAnew(keepFor(Duration.ofHours(1)));
        append("a", "1", NOON);
        append("a", "2", NOON);

        log().retain(NOON.minus(Duration.ofDays(365)));

        assertThat(data(0, "a")).containsExactly("1", "2");
    }

    /** The second and third are a year early: they are as old as the fourth, and hold up nothing. */
    @Test
    default void eventsOfAClockThatWasAheadGoWithTheNextOne() {
        startAnew(keepFor(Duration.ofHours(1)));
        append("a", "1", NOON);
        append("a", "2", NOON.plus(Duration.ofDays(365)));
        append("a", "3", NOON.plus(Duration.ofDays(366)));
        append("a", "4", NOON.plusSeconds(60));
        append("a", "5", NOON.plusSeconds(7_200));

        log().retain(NOON.plusSeconds(3_601));
        assertThat(data(trimmed(), "a")).containsExactly("2", "3", "4", "5");

        log().retain(NOON.plusSeconds(3_661));
        assertThat(data(trimmed(), "a")).containsExactly("5");
    }

    @Test
    default void anAgeWithoutBoundRemovesNothing() {
        startAnew(keepFor(Duration.ofSeconds(Long.MAX_VALUE)));
        append("a", "1", NOON);
        append("a", "2", NOON);

        log().retain(NOON.plus(Duration.ofDays(365_000)));

        assertThat(data(0, "a")).containsExactly("1", "2");
    }

    private static Retention keepEvents(long events) {
        return new Retention(Duration.ofDays(1), events, ByteSize.mebi(512));
    }

    private static Retention keepFor(Duration age) {
        return new Retention(age, 1_000_000, ByteSize.mebi(512));
    }
}
