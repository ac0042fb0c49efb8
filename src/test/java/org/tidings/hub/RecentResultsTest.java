package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tidings.testkit.ManualScheduler;

class RecentResultsTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final RecentResults<Integer, String> results = new RecentResults<>(scheduler);

    @Test
    void aResultIsThereForAMoment() {
        results.put(1, "one");
        scheduler.advance(Duration.ofMillis(999));
        assertThat(results.find(1)).contains("one");
        assertThat(results.find(2)).isEmpty();

        scheduler.advance(Duration.ofMillis(1));
        assertThat(results.find(1)).isEmpty();
    }

    @Test
    void aNewerResultTakesTheOldersPlace() {
        results.put(1, "one");
        scheduler.advance(Duration.ofMillis(600));
        results.put(1, "other");
        scheduler.advance(Duration.ofMillis(600));

        assertThat(results.find(1)).contains("other");
    }

    @Test
    void ofMoreThanAFewTheOldestGo() {
        for (int i = 1; i <= 32; i++) {
            results.put(i, "result");
        }
        results.put(1, "again");
        results.put(33, "one too many");

        assertThat(results.find(1)).isPresent();
        assertThat(results.find(2)).isEmpty();
        assertThat(results.find(3)).isPresent();
        assertThat(results.find(33)).isPresent();
    }
}
