package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RivalTest {
    private static final Workload FOUR = Workload.named("1000-w4");

    @Test
    void inAServerTheLogOnDiskIsMeasuredWithOneWorkload() {
        assertThat(Rival.PAYARA.contestants(FOUR))
                .containsExactly(Contestant.TIDINGS_ON_PAYARA, Contestant.TIDINGS_ON_PAYARA_DISK, Contestant.PAYARA);
        assertThat(Rival.WILDFLY.contestants(Workload.named("100-w4")))
                .containsExactly(Contestant.TIDINGS_ON_WILDFLY, Contestant.WILDFLY);
    }

    @Test
    void nobodyButOursIsMeasuredInAStormOrByTheLog() {
        assertThat(Rival.NCHAN.contestants(Workload.named("storm-10000-topics-1")))
                .containsExactly(Contestant.TIDINGS, Contestant.TIDINGS_DISK);
        assertThat(Rival.NCHAN.contestants(Workload.named("log-fsync-1"))).containsExactly(Contestant.TIDINGS_DISK);
    }

    @Test
    void aTargetIsTheRatioOfTheMedians() {
        var results = new Results();
        results.add(new Results.Result(FOUR, Contestant.TIDINGS_ON_PAYARA, Map.of(Metric.DELIVERIES, 390.0)));
        results.add(new Results.Result(FOUR, Contestant.PAYARA, Map.of(Metric.DELIVERIES, 100.0)));
        results.add(new Results.Result(FOUR, Contestant.WILDFLY, Map.of(Metric.DELIVERIES, 100.0)));

        assertThat(Rival.PAYARA.ratio(results, "1000-w4", Metric.DELIVERIES)).hasValue(3.9);
        assertThat(Rival.WILDFLY.ratio(results, "1000-w4", Metric.DELIVERIES)).isEmpty();
        assertThat(Targets.rows(results))
                .containsExactly(
                        List.of("1000-w4, deliveries/s, to Payara's broadcaster", "at least 4.00", "3.90", "no"));
    }
}
