package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tidings.log.LogUnderTest.offset;
import static org.tidings.log.LogUnderTest.topics;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.EventLogException;
import org.tidings.api.TopicName;

/** Opening, closing and opening again. */
interface LifeContract extends LogUnderTest {
    @Test
    default void theEpochIsFitForAnEventId() {
        assertThat(EventId.parse(log().epoch() + "-1")).contains(new EventId(log().epoch(), 1));
    }

    @Test
    default void anotherLogHasAnotherEpoch() {
        String first = log().epoch();
        startAnew(PLENTY);

        assertThat(log().epoch()).isNotEqualTo(first);
    }

    @Test
    default void aClosedLogCanBeClosedAgain() {
        append("a", "1");
        log().close();
        log().close();

        assertThatExceptionOfType(EventLogException.class).isThrownBy(() -> append("a", "2"));
    }

    @Test
    default void aClosedLogNeitherTakesNorGives() {
        append("a", "1");
        log().close();

        assertThatExceptionOfType(EventLogException.class).isThrownBy(() -> append("a", "2"));
        assertThatExceptionOfType(EventLogException.class).isThrownBy(() -> log().read(0, topics("a"), WIDE));
    }

    /** A persisting log is the same log again; any other is a new one, which its epoch says, so that ids do not lie. */
    @Test
    default void aReopenedLogIsTheSameOrSaysThatItIsNot() {
        String epoch = log().epoch();
        append("b", "0");
        List<Event> events = appendCounted("a", 3);
        Event end = end("b");

        reopen();

        if (persists()) {
            assertThat(log().epoch()).isEqualTo(epoch);
            assertThat(log().end()).isEqualTo(offset(end));
            assertThat(log().size().events()).isEqualTo(5);
            assertThat(read(0, "a")).isEqualTo(events);
            assertThat(log().endOf(new TopicName("b"))).hasValue(offset(end));
            assertThat(offset(append("a", "4"))).isGreaterThan(offset(end));
            assertThat(data(0, "a")).containsExactly("1", "2", "3", "4");
        } else {
            assertThat(log().epoch()).isNotEqualTo(epoch);
            assertThat(log().end()).isZero();
            assertThat(read(0, "**")).isEmpty();
            assertThat(log().endOf(new TopicName("b"))).isEmpty();
        }
    }

    /** The next offset must not be one that a removed event had: a client may still hold its id. */
    @Test
    default void aReopenedLogKnowsWhatRetentionRemoved() {
        startAnew(new Retention(PLENTY.age(), 2, PLENTY.size()));
        appendCounted("a", 5);
        long trimmed = trimmed();
        long end = log().end();

        reopen();

        assertThat(trimmed()).isEqualTo(persists() ? trimmed : 0);
        assertThat(log().end()).isEqualTo(persists() ? end : 0);
        assertThat(data(trimmed(), "a")).isEqualTo(persists() ? List.of("4", "5") : List.of());
    }
}
