package org.tidings.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the log and the WAR are to be able to do, and whether they were. */
final class Targets {
    private static final List<Target> ALL = List.of(
            atLeast(6_000, "log-fsync-1", Metric.EVENTS),
            atLeast(40_000, "log-fsync-64", Metric.EVENTS),
            atLeast(500_000, "log-replay-topic", Metric.EVENTS),
            atLeast(500_000, "log-replay-all", Metric.EVENTS),
            atMost(50, "log-full-events", Metric.PAUSE),
            atMost(50, "log-full-bytes", Metric.PAUSE),
            atMost(300, "log-file", Metric.FILE),
            atMost(1.05, "log-file", Metric.GROWTH),
            ofMemory(0.7, "1000-w1"),
            ofMemory(0.7, "1000-w4"),
            atMost(2, "storm-10000-topics-1", Metric.STORM),
            atMost(2, "storm-10000-topics-1000", Metric.STORM),
            atMost(0, "storm-10000-topics-1", Metric.FAILURES),
            atMost(0, "storm-10000-topics-1000", Metric.FAILURES),
            ofRival(true, 4, "1000-w4", Metric.DELIVERIES, Rival.PAYARA),
            ofRival(true, 3, "1000-w4", Metric.DELIVERIES, Rival.WILDFLY),
            ofRival(false, 1, "1000-50/s", Metric.P99, Rival.PAYARA),
            ofRival(false, 1, "1000-50/s", Metric.P99, Rival.WILDFLY));

    private Targets() {}

    /** A row for each that was measured. */
    static List<List<String>> rows(Results results) {
        return ALL.stream()
                .filter(target -> target.value.apply(results).isPresent())
                .map(target -> target.row(results))
                .toList();
    }

    private static Target atLeast(double bound, String workload, Metric metric) {
        return new Target(title(workload, metric), true, bound, median(workload, metric));
    }

    private static Target atMost(double bound, String workload, Metric metric) {
        return new Target(title(workload, metric), false, bound, median(workload, metric));
    }

    /** On disk as a share of what it is in memory. */
    private static Target ofMemory(double share, String workload) {
        return new Target(
                title(workload, Metric.DELIVERIES) + ", of in memory",
                true,
                share,
                results -> Results.ratio(
                        results.median(workload, Contestant.TIDINGS_DISK, Metric.DELIVERIES),
                        results.median(workload, Contestant.TIDINGS, Metric.DELIVERIES)));
    }

    /** Ours, in memory, through the rival's. */
    private static Target ofRival(boolean least, double bound, String workload, Metric metric, Rival rival) {
        return new Target(
                title(workload, metric) + ", to " + rival.title(),
                least,
                bound,
                results -> rival.ratio(results, workload, metric));
    }

    private static Function<Results, OptionalDouble> median(String workload, Metric metric) {
        return results -> results.median(workload, Contestant.TIDINGS_DISK, metric);
    }

    private static String title(String workload, Metric metric) {
        return workload + ", " + metric.title();
    }

    private record Target(String title, boolean least, double bound, Function<Results, OptionalDouble> value) {
        List<String> row(Results results) {
            double median = value.apply(results).getAsDouble();
            boolean met = least ? median >= bound : median <= bound;
            return List.of(title, (least ? "at least " : "at most ") + text(bound), text(median), met ? "yes" : "no");
        }

        private static String text(double value) {
            return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.2f", value);
        }
    }
}
