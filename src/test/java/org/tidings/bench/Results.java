package org.tidings.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** All that was measured, and the medians. */
final class Results {
    private final List<Result> all = new ArrayList<>();

    /**
     * One measurement.
     *
     * @param metrics empty if it failed
     */
    record Result(Workload workload, Contestant contestant, Map<Metric, Double> metrics) {
        String line() {
            return workload.name() + " / " + contestant.title() + ": "
                    + (metrics.isEmpty() ? "failed" : Metric.line(metrics));
        }
    }

    void add(Result result) {
        all.add(result);
    }

    List<Workload> workloads() {
        return all.stream().map(Result::workload).distinct().toList();
    }

    boolean has(Workload workload, Contestant contestant) {
        return all.stream().anyMatch(result -> isOf(result, workload.name(), contestant));
    }

    boolean has(Contestant contestant) {
        return all.stream().anyMatch(result -> result.contestant() == contestant);
    }

    /** Whether a round failed, or not all was heard in it: then the others' medians say little. */
    boolean hasFailures(String workload, Contestant contestant) {
        return all.stream()
                .filter(result -> isOf(result, workload, contestant))
                .anyMatch(result -> result.metrics().getOrDefault(Metric.FAILURES, 1.0) > 0);
    }

    boolean has(Workload workload, Metric metric) {
        return all.stream()
                .anyMatch(result ->
                        result.workload().equals(workload) && result.metrics().containsKey(metric));
    }

    OptionalDouble median(String workload, Contestant contestant, Metric metric) {
        return median(sorted(workload, contestant, metric));
    }

    /** Each round's value, from the lowest. */
    double[] sorted(String workload, Contestant contestant, Metric metric) {
        return all.stream()
                .filter(result -> isOf(result, workload, contestant))
                .filter(result -> result.metrics().containsKey(metric))
                .mapToDouble(result -> result.metrics().get(metric))
                .sorted()
                .toArray();
    }

    /** Of several contestants' medians the better one. */
    OptionalDouble best(List<Contestant> contestants, String workload, Metric metric) {
        return contestants.stream()
                .map(contestant -> median(workload, contestant, metric))
                .flatMapToDouble(OptionalDouble::stream)
                .reduce(metric::better);
    }

    String raw() {
        return all.stream().map(Result::line).collect(Collectors.joining("\n", "", "\n"));
    }

    static OptionalDouble median(double... sorted) {
        int n = sorted.length;
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
    }

    /** Nothing, unless there are both, and the second is above zero. */
    static OptionalDouble ratio(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent() && other.getAsDouble() > 0
                ? OptionalDouble.of(one.getAsDouble() / other.getAsDouble())
                : OptionalDouble.empty();
    }

    private static boolean isOf(Result result, String workload, Contestant contestant) {
        return result.workload().name().equals(workload) && result.contestant() == contestant;
    }
}
