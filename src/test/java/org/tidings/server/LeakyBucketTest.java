package org.tidings.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeakyBucketTest {
    private static final long START = Long.MAX_VALUE - micros(500); // nanoTime may overflow

    @Test
    void whoComesAheadOfTheRateIsFollowedByAPause() {
        var bucket = new LeakyBucket(2_000, START);

        assertThat(add(bucket, 0)).isZero();
        assertThat(add(bucket, 100)).isZero();
        assertThat(add(bucket, 200)).isEqualTo(micros(1_300));
        assertThat(add(bucket, 1_500)).isZero();
    }

    @Test
    void aPauseThatTookTooLongIsMadeUpFor() {
        var bucket = new LeakyBucket(1_000, START);

        assertThat(add(bucket, 0)).isEqualTo(micros(1_000));
        assertThat(add(bucket, 1_300)).isZero();
        assertThat(add(bucket, 1_400)).isEqualTo(micros(1_600));
    }

    @Test
    void whatDidNotComeInALongQuietIsNotMadeUpFor() {
        var bucket = new LeakyBucket(1_000, START);

        assertThat(add(bucket, 60_000_000)).isZero();
        assertThat(add(bucket, 60_000_000)).isEqualTo(micros(1_000));
    }

    @Test
    void ofALowRateEachOneIsFollowedByAPause() {
        var bucket = new LeakyBucket(3, START);

        long third = TimeUnit.SECONDS.toNanos(1) / 3;
        assertThat(add(bucket, 0)).isEqualTo(third);
        assertThat(add(bucket, 333_334)).isEqualTo(2 * third - micros(333_334));
    }

    @Test
    void theHighestRateThereIsIsKeptToo() {
        var bucket = new LeakyBucket(1_000_000, START);

        for (int i = 1; i < 1_000; i++) {
            assertThat(add(bucket, 0)).isZero();
        }
        assertThat(add(bucket, 0)).isEqualTo(micros(1_000));
    }

    private static long add(LeakyBucket bucket, long afterMicros) {
        return bucket.add(START + micros(afterMicros));
    }

    private static long micros(long amount) {
        return TimeUnit.MICROSECONDS.toNanos(amount);
    }
}
