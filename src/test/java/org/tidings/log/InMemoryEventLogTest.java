package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.tidings.log.LogUnderTest.topics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;

class InMemoryEventLogTest extends EventLogContract {
    @Override
    EventLog open(Path directory, Retention retention) {
        return InMemoryEventLog.open(retention);
    }

    @Override
    public boolean persists() {
        return false;
    }

    @Test
    void offsetsAreOneTwoThree() {
        assertThat(appendCounted("a", 3)).extracting(LogUnderTest::offset).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theEpochHasEightCharacters() {
        assertThat(log().epoch()).matches("[0-9A-Za-z]{8}");
    }

    @Test
    void anEventCountsTwoBytesForACharacterAndTwoHundredForItsObjectsAndATopicAHundred() {
        long each = 200L + 2L * ("topic".length() + "type".length() + "data".length());
        startAnew(new Retention(Duration.ofDays(1), 1_000, new ByteSize(100 + 3 * each)));
        for (int i = 0; i < 5; i++) {
            log().append(List.of(Publication.of("topic", "type", "data")), NOON);
        }

        assertThat(read(trimmed(), "**")).hasSize(3);

        startAnew(new Retention(Duration.ofDays(1), 1_000, new ByteSize(100 + 3 * each - 1)));
        for (int i = 0; i < 5; i++) {
            log().append(List.of(Publication.of("topic", "type", "data")), NOON);
        }

        assertThat(read(trimmed(), "**")).hasSize(2);
    }

    @Test
    void aTopicThatIsForgottenIsNotCounted() {
        startAnew(new Retention(Duration.ofDays(1), 2, ByteSize.mebi(1)));
        for (int i = 0; i < 5; i++) {
            append("topic" + i, "data");
        }

        assertThat(log().size().size())
                .isEqualTo(new ByteSize(2 * (100 + 200L + 2L * ("topic1".length() + "data".length()))));
    }

    @Test
    void whatIsMissedOfATopicIsFoundAtOnceHoweverMuchOthersHave() {
        appendCounted("frequent", InMemoryEventLog.SCAN + 1);
        append("rare", "found");
        append("frequent", "behind");

        Page page = log().read(0, topics("rare"), WIDE);
        assertThat(page.events()).extracting(Event::data).containsExactly("found");
        assertThat(page.through()).isEqualTo(InMemoryEventLog.SCAN + 3);
    }

    @Test
    void severalTopicsAreReadInTheOrderOfTheirEvents() {
        for (String topic : List.of("a", "c", "b", "a", "other", "a", "b")) {
            append(topic, topic);
        }

        assertThat(log().read(1, topics("b", "a", "none"), WIDE).events())
                .extracting(Event::data)
                .containsExactly("b", "a", "a", "b");
    }

    @Test
    void oneReadTakesABoundedNumberOfEventsOfATopic() {
        appendCounted("a", InMemoryEventLog.SCAN + 1);

        Page first = log().read(0, topics("a"), new PageLimit(10_000, ByteSize.mebi(1)));
        assertThat(first.events()).hasSize(InMemoryEventLog.SCAN);
        assertThat(first.through()).isEqualTo(InMemoryEventLog.SCAN);
        assertThat(log().read(first.through(), topics("a"), WIDE).events()).hasSize(1);
    }

    @Test
    void oneReadWithAPatternLooksAtABoundedNumberOfEvents() {
        appendCounted("frequent", InMemoryEventLog.SCAN + 1);
        append("rare", "found");

        Page first = log().read(0, topics("rare", "rare/*"), WIDE);
        assertThat(first).isEqualTo(new Page(List.of(), InMemoryEventLog.SCAN, 0, InMemoryEventLog.SCAN + 2));

        Page second = log().read(first.through(), topics("rare", "rare/*"), WIDE);
        assertThat(second.events()).extracting(Event::data).containsExactly("found");
    }

    /** A ring wraps, grows and shrinks while its beginning moves: an off-by-one gives a wrong event, not an error. */
    @Test
    void everyEventIsFoundWhileTheRingWrapsGrowsAndShrinks() {
        startAnew(new Retention(Duration.ofHours(1), 1_500, ByteSize.mebi(64)));
        for (int i = 1; i <= 10_000; i++) {
            append("a", Integer.toString(i), NOON.plusSeconds(i));
            if (i % 2_100 == 700) { // Leaves 201 in the middle of the ring, which shrinks and grows from there.
                log().retain(NOON.plusSeconds(3_600 + i - 200));
            }
            if (i % 350 == 0) {
                int oldest = (int) trimmed() + 1;
                List<String> all = IntStream.rangeClosed(oldest, i)
                        .mapToObj(Integer::toString)
                        .toList();
                assertThat(data(trimmed(), "a")).isEqualTo(all);
                assertThat(data(trimmed(), "**")).isEqualTo(all);
            }
        }
    }

    @Test
    void aMillionEventsAreKept() {
        startAnew(Retention.DEFAULTS);
        var batch = IntStream.range(0, 1_000)
                .mapToObj(i -> Publication.of("a", "x"))
                .toList();
        for (int i = 0; i < 1_100; i++) {
            log().append(batch, NOON);
        }

        assertThat(trimmed()).isEqualTo(100_000);
        assertThat(log().end()).isEqualTo(1_100_000);
        log().retain(NOON.plus(Duration.ofDays(2)));
        assertThat(trimmed()).isEqualTo(1_099_999);
    }

    @Test
    void aPositionOutsideTheLogIsAProgrammingError() {
        append("a", "1");

        assertThatIllegalArgumentException().isThrownBy(() -> log().read(2, topics("a"), WIDE));
        assertThatIllegalArgumentException().isThrownBy(() -> log().read(-1, topics("a"), WIDE));
    }

    @Test
    void aSecondFollowerIsAProgrammingError() {
        log().follow(events -> {});

        assertThatIllegalStateException().isThrownBy(() -> log().follow(events -> {}));
    }
}
