package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Workload WORKLOAD = Workload.named("1000-w4");

    private static final List<Contestant> RIVALS = List.of(Contestant.NCHAN_1, Contestant.NCHAN_2);

    private final Results results = new Results();

    @Test
    void theMedianIsTheMiddleOneAndAFailedRunHasNone() {
        add(Contestant.TIDINGS, Map.of(Metric.CPU, 9.0));
        add(Contestant.TIDINGS, Map.of(Metric.CPU, 1.0));
        add(Contestant.TIDINGS, Map.of(Metric.CPU, 2.0));
        add(Contestant.TIDINGS, Map.of());
        add(Contestant.NCHAN_1, Map.of(Metric.CPU, 100.0));

        assertThat(results.median("1000-w4", Contestant.TIDINGS, Metric.CPU)).hasValue(2.0);
        assertThat(results.median("1000-w1", Contestant.TIDINGS, Metric.CPU)).isEmpty();
    }

    @Test
    void ofTheRivalsTheBetterOneCounts() {
        add(Contestant.NCHAN_1, Map.of(Metric.CPU, 3.0, Metric.DELIVERIES, 100.0));
        add(Contestant.NCHAN_2, Map.of(Metric.CPU, 4.0, Metric.DELIVERIES, 200.0));
        add(Contestant.JERSEY, Map.of(Metric.CPU, 1.0, Metric.DELIVERIES, 900.0));

        assertThat(results.best(RIVALS, "1000-w4", Metric.CPU)).hasValue(3.0);
        assertThat(results.best(RIVALS, "1000-w4", Metric.DELIVERIES)).hasValue(200.0);
    }

    @Test
    void aRoundThatFailedOrInWhichNotAllWasHeardIsSeen() {
        add(Contestant.PAYARA, Map.of(Metric.FAILURES, 0.0));
        add(Contestant.PAYARA, Map.of(Metric.FAILURES, 3.0));
        add(Contestant.WILDFLY, Map.of());
        add(Contestant.TIDINGS, Map.of(Metric.FAILURES, 0.0));

        assertThat(results.hasFailures("1000-w4", Contestant.PAYARA)).isTrue();
        assertThat(results.hasFailures("1000-w4", Contestant.WILDFLY)).isTrue();
        assertThat(results.hasFailures("1000-w4", Contestant.TIDINGS)).isFalse();
    }

    @Test
    void aLineOfMetricsIsReadAsItWasWritten() {
        Map<Metric, Double> metrics = Map.of(Metric.CPU, 1.5, Metric.FAILURES, 0.0);

        assertThat(Metric.parse(Metric.line(metrics))).isEqualTo(metrics);
        assertThat(Metric.parse("")).isEmpty();
    }

    private void add(Contestant contestant, Map<Metric, Double> metrics) {
        results.add(new Results.Result(WORKLOAD, contestant, metrics));
    }
}
