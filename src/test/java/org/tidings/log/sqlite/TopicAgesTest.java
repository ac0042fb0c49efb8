package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tidings.log.Page;
import org.tidings.log.Retention;

/** Topics with ages of their own: what goes, and what is said of it. */
class TopicAgesTest extends LogOnDisk {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Retention KEEP_A = ages(HOUR, "a/**", DAY);
    private static final Retention DROP_A = ages(DAY, "a/**", HOUR);

    @Test
    void whatIsKeptLongerOutlivesWhatIsOlderAndYounger() {
        fill(KEEP_A);

        retain(NOON.plusSeconds(3_602));

        assertThat(data(0, "**")).containsExactly("a1", "a2", "newest");
        assertThat(log.trimmed(topics("a/x"))).isZero();
        assertThat(log.trimmed(topics("b"))).isEqualTo(4);
        assertThat(log.trimmed(topics("**"))).isZero();
        assertThat(log.trimmed(topics("b", "a/x"))).isZero();
        assertThat(log.trimmed(topics("*"))).isZero(); // "a/**" matches "a"
        assertThat(log.trimmed(topics("b/*"))).isEqualTo(4);
    }

    @Test
    void whatIsKeptShorterGoesAlone() {
        fill(DROP_A);

        retain(NOON.plusSeconds(3_602));

        assertThat(data(0, "**")).containsExactly("b1", "b2", "newest");
        assertThat(log.trimmed(topics("a/x"))).isEqualTo(3);
        assertThat(log.trimmed(topics("b"))).isZero();
    }

    @Test
    void aPageTellsOfAHoleBehindWhatItHas() {
        fill(KEEP_A);
        retain(NOON.plusSeconds(3_602));

        Page page = log.read(0, topics("**"), WIDE);
        assertThat(page.lostThrough()).isEqualTo(4);
        assertThat(page.resumed()).isZero(); // the first event is at 1
        assertThat(log.read(1, topics("**"), WIDE).resumed()).isEqualTo(2);
        assertThat(log.read(0, topics("a/x"), WIDE).lostThrough()).isZero();
        Page lost = log.read(0, topics("b"), WIDE);
        assertThat(lost.lostThrough()).isEqualTo(4);
        assertThat(lost.resumed()).isEqualTo(4);
    }

    @Test
    void aRestartKnowsTheLosses() {
        fill(KEEP_A);
        retain(NOON.plusSeconds(3_602));

        reopen(KEEP_A);

        assertThat(log.trimmed(topics("b"))).isEqualTo(4);
        assertThat(log.trimmed(topics("a/x"))).isZero();
        assertThat(log.read(0, topics("**"), WIDE).lostThrough()).isEqualTo(4);
        assertThat(data(0, "**")).containsExactly("a1", "a2", "newest");
    }

    @Test
    void otherRulesCarryTheLosses() {
        fill(KEEP_A);
        retain(NOON.plusSeconds(3_602));

        reopen(ages(HOUR, "a/x", DAY, "c", DAY));

        assertThat(log.read(0, topics("b"), WIDE).lostThrough()).isEqualTo(4);
        assertThat(log.read(0, topics("c"), WIDE).lostThrough()).isEqualTo(4); // it may have had events
    }

    /** Who begins at {@code trimmed}, as one who asks for the oldest does, must not begin behind an event. */
    @Test
    void aRuleThatWentHidesNothingThatItHadKept() {
        fill(KEEP_A);
        retain(NOON.plusSeconds(3_602));

        reopen(ages(HOUR));

        assertThat(log.trimmed(topics("a/x"))).isZero();
        assertThat(data(log.trimmed(topics("a/x")), "a/x")).containsExactly("a1", "a2", "newest");
        assertThat(log.read(0, topics("a/x"), WIDE).lostThrough()).isEqualTo(4);
    }

    /** The rule that went had kept event 1, which goes now; what had gone before, up to 4, is still lost. */
    @Test
    void aLossIsNotForgottenWhenAnOlderEventGoes() {
        fill(KEEP_A);
        retain(NOON.plusSeconds(3_602));

        reopen(ages(Duration.ofSeconds(5_399)));
        retain(NOON.plusSeconds(5_400));

        assertThat(data(0, "**")).containsExactly("a2", "newest");
        assertThat(log.read(1, topics("**"), WIDE).lostThrough()).isEqualTo(4);
        reopen(ages(Duration.ofSeconds(5_399)));
        assertThat(log.read(1, topics("**"), WIDE).lostThrough()).isEqualTo(4);
    }

    /** a1 b1 a2 b2 at 12:00 but for a2, which is a second younger, and the newest of another hour. */
    private void fill(Retention retention) {
        reopen(retention);
        append("a/x", "a1", NOON);
        append("b", "b1", NOON);
        append("a/x", "a2", NOON.plusSeconds(1));
        append("b", "b2", NOON.plusSeconds(0));
        append("a/x", "newest", NOON.plusSeconds(7_200));
    }
}
