package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.log.LogUnderTest.offset;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.TopicName;

/** Which topics have ended, for as long as the log knows. */
interface EndingContract extends LogUnderTest {
    TopicName JOB = new TopicName("jobs/1");

    @Test
    default void aTopicThatWasNotEndedHasNoEnd() {
        append(JOB.value(), "x");
        end("jobs");
        end("jobs/1/step");

        assertThat(log().endOf(JOB)).isEmpty();
    }

    @Test
    default void anEndedTopicHasTheOffsetOfItsEnd() {
        append(JOB.value(), "x");
        Event end = end(JOB.value());
        append("jobs/2", "x");

        assertThat(log().endOf(JOB)).hasValue(offset(end));
    }

    @Test
    default void aTopicEndedAgainHasTheNewestEnd() {
        end(JOB.value());
        Event second = end(JOB.value());

        assertThat(log().endOf(JOB)).hasValue(offset(second));
    }

    @Test
    default void anEndIsReadLikeAnyEvent() {
        Event end = end(JOB.value());

        assertThat(read(0, JOB.value())).containsExactly(end);
    }

    @Test
    default void anEndThatRetentionRemovesByCountIsForgotten() {
        startAnew(new Retention(Duration.ofDays(1), 2, ByteSize.mebi(1)));
        end(JOB.value());
        append("jobs/2", "x");
        assertThat(log().endOf(JOB)).isPresent();

        append("jobs/2", "y");
        assertThat(log().endOf(JOB)).isEmpty();
    }

    @Test
    default void anEndThatRetentionRemovesByAgeIsForgotten() {
        end(JOB.value());
        append("jobs/2", "x");

        log().retain(NOON.plus(PLENTY.age()).plusSeconds(1));

        assertThat(log().endOf(JOB)).isEmpty();
    }

    @Test
    default void aNewerEndOutlivesTheRemovalOfAnOlderOne() {
        startAnew(new Retention(Duration.ofDays(1), 2, ByteSize.mebi(1)));
        end(JOB.value());
        Event newer = end(JOB.value());
        append("jobs/2", "x");

        assertThat(log().endOf(JOB)).hasValue(offset(newer));
    }
}
