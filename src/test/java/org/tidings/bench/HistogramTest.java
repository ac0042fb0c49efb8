package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void percentilesAreThoseOfTheSortedValues() {
        for (int millis = 1; millis <= 1000; millis++) {
            histogram.record(millis * 1_000_000L);
        }

        assertThat(histogram.percentile(0.5)).isCloseTo(500_000_000L, Percentage.withPercentage(3.2));
        assertThat(histogram.percentile(0.99)).isCloseTo(990_000_000L, Percentage.withPercentage(3.2));
        assertThat(histogram.percentile(0.999)).isCloseTo(999_000_000L, Percentage.withPercentage(3.2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 65, 1_000, 123_456_789, Long.MAX_VALUE})
    void aValueIsGivenBackNeverTooHighAndToOne32nd(long nanos) {
        histogram.record(nanos);

        assertThat(histogram.percentile(1)).isBetween(nanos - nanos / 32, nanos);
    }

    @Test
    void oneOutlierOfAHundredIsTheMaximumAndNotTheP99() {
        for (int i = 0; i < 99; i++) {
            histogram.record(10);
        }
        histogram.record(1_000_000);

        assertThat(histogram.percentile(0.99)).isEqualTo(10);
        assertThat(histogram.percentile(1)).isGreaterThan(900_000);
    }

    @Test
    void whatAnotherCountedIsAdded() {
        var other = new Histogram();
        histogram.record(10);
        other.record(20);
        histogram.add(other);

        assertThat(histogram.percentile(0.5)).isEqualTo(10);
        assertThat(histogram.percentile(1)).isEqualTo(20);
    }

    @Test
    void nothingIsZero() {
        histogram.record(10);
        histogram.clear();

        assertThat(histogram.percentile(0.5)).isZero();
    }
}
