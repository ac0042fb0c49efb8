package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.TopicName;

/** Memory is bounded whatever comes, and who needs what was forgotten is told so. */
class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents(ByteSize.kibi(8), 0);

    @Test
    void theNewestAreKeptWithinTheBound() {
        LongStream.rangeClosed(1, 100).forEach(offset -> add(offset, 1_000));

        List<Entry> kept = recent.newest(0, 100).entries();
        assertThat(kept.stream().mapToInt(entry -> entry.frame().length()).sum())
                .isBetween(4 * 1024, 8 * 1024);
        assertThat(kept.get(kept.size() - 1).offset()).isEqualTo(100);
        assertThat(recent.after(0, 100, 1_000_000).complete()).isFalse();
        assertThat(recent.after(kept.get(0).offset() - 1, 100, 1_000_000))
                .isEqualTo(new RecentEvents.Slice(true, kept));
    }

    /** What an event costs besides its bytes counts, too. */
    @Test
    void tinyEventsDoNotPileUp() {
        LongStream.rangeClosed(1, 1_000).forEach(offset -> add(offset, 0));

        assertThat(recent.newest(0, 1_000).entries()).hasSizeLessThan(8 * 1024 / 256);
    }

    @Test
    void theNewestStaysWhateverItsSize() {
        add(1, 100);
        add(2, 100_000);

        assertThat(recent.newest(0, 10).entries()).extracting(Entry::offset).containsExactly(2L);
    }

    @Test
    void whatIsForgottenIsKnownToHaveBeen() {
        add(1, 100);
        recent.forget(3);

        assertThat(recent.end()).isEqualTo(3);
        assertThat(recent.after(2, 10, 1_000).complete()).isFalse();
        assertThat(recent.after(3, 10, 1_000).complete()).isTrue();
    }

    @Test
    void whatIsBetweenTwoOffsetsIsBehindTheFirstAndUpToTheOther() {
        add(1, 10);
        add(3, 10);
        add(4, 10);

        assertThat(recent.between(1, 3).entries()).extracting(Entry::offset).containsExactly(3L);
        assertThat(recent.between(0, 2).entries()).extracting(Entry::offset).containsExactly(1L);
        assertThat(recent.between(4, 3)).isEqualTo(new RecentEvents.Slice(true, List.of()));

        recent.forget(4);
        assertThat(recent.between(3, 4).complete()).isFalse();
    }

    private void add(long offset, int length) {
        var event = new Event(
                new EventId("e", offset), new TopicName("a"), Optional.empty(), "x".repeat(length), Instant.EPOCH);
        recent.add(List.of(Entry.of(event, HubFixture.SETTINGS)));
    }
}
