package org.tidings.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptWindowTest {
    @Test
    void soManyAreAcceptedInAWindowThenNoMoreUntilItsEnd() {
        var window = new AcceptWindow(1000);

        assertThat(window.accepted(micros(0))).isZero();
        assertThat(window.accepted(micros(100))).isZero();
        assertThat(window.accepted(micros(200))).isZero();
        assertThat(window.accepted(micros(300))).isEqualTo(micros(3_700));

        assertThat(window.accepted(micros(4_000))).isZero();
    }

    @Test
    void aWindowBeginsWithTheFirstThatComesBehindTheLastOne() {
        var window = new AcceptWindow(500);

        assertThat(window.accepted(micros(0))).isZero();
        assertThat(window.accepted(micros(4_000))).isZero();
        assertThat(window.accepted(micros(5_000))).isEqualTo(micros(3_000));
    }

    @Test
    void ofALowRateEachOneIsAcceptedAlone() {
        var window = new AcceptWindow(3);

        assertThat(window.accepted(micros(0))).isEqualTo(TimeUnit.SECONDS.toNanos(1) / 3);
        assertThat(window.accepted(micros(333_334))).isEqualTo(TimeUnit.SECONDS.toNanos(1) / 3);
    }

    @Test
    void theHighestRateThereIsIsKeptToo() {
        var window = new AcceptWindow(1_000_000);
        for (int i = 1; i < 4_000; i++) {
            assertThat(window.accepted(0)).isZero();
        }
        assertThat(window.accepted(0)).isEqualTo(micros(4_000));
    }

    private static long micros(long amount) {
        return TimeUnit.MICROSECONDS.toNanos(amount);
    }
}
