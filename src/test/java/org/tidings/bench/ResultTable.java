package org.tidings.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The medians as tables in Markdown, with columns that stand below each other. */
final class ResultTable {
    private static final List<Metric> COLUMNS = List.of(
            Metric.EVENTS,
            Metric.DELIVERIES,
            Metric.CPU,
            Metric.P50,
            Metric.P99,
            Metric.P999,
            Metric.CONNECTS,
            Metric.CONNECT_CPU,
            Metric.HEAP,
            Metric.RSS,
            Metric.CLIENT_CPU,
            Metric.FAILURES);
    private static final List<Metric> RATIOS = List.of(
            Metric.EVENTS,
            Metric.DELIVERIES,
            Metric.CPU,
            Metric.P50,
            Metric.P99,
            Metric.P999,
            Metric.CONNECTS,
            Metric.RSS);

    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison("10000-w1", "1000-w1", Metric.CPU),
            new Comparison("10000-w4", "1000-w4", Metric.CPU),
            new Comparison("10000-w32", "1000-w32", Metric.CPU),
            new Comparison("500-5dead", "500-alive", Metric.P99),
            new Comparison("publish-1-10000", "publish-1", Metric.CPU),
            new Comparison("publish-8-10000", "publish-8", Metric.CPU),
            new Comparison("200-w4-tls", "200-w4", Metric.CPU),
            new Comparison("200-w4-http2", "200-w4", Metric.CPU));

    private static final double LARGE = 1000;

    private record Comparison(String workload, String to, Metric metric) {}

    private ResultTable() {}

    static String medians(Results results) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(Stream.of("workload", "server"), COLUMNS.stream().map(Metric::title)));
        for (Workload workload : results.workloads()) {
            for (Contestant contestant : Contestant.values()) {
                if (results.has(workload, contestant)) {
                    rows.add(row(
                            Stream.of(workload.name(), contestant.title()),
                            COLUMNS.stream()
                                    .map(metric -> number(results.median(workload.name(), contestant, metric)))));
                }
            }
        }
        return table(rows);
    }

    /** Ours through theirs; of their medians, with one worker and two, the better one. */
    static String ratios(Results results) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(Stream.of("tidings : nchan"), RATIOS.stream().map(Metric::title)));
        for (Workload workload : results.workloads()) {
            rows.add(row(
                    Stream.of(workload.name()),
                    RATIOS.stream()
                            .map(metric -> ratio(
                                    results.median(workload.name(), Contestant.TIDINGS, metric),
                                    results.bestOfRivals(workload.name(), metric)))));
        }
        return table(rows);
    }

    /** What one workload costs against another, on the same server. */
    static String comparisons(Results results) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(
                Stream.of("compared", "metric"), Stream.of(Contestant.values()).map(Contestant::title)));
        for (Comparison comparison : COMPARISONS) {
            rows.add(row(
                    Stream.of(comparison.workload + " : " + comparison.to, comparison.metric.title()),
                    Stream.of(Contestant.values())
                            .map(contestant -> ratio(
                                    results.median(comparison.workload, contestant, comparison.metric),
                                    results.median(comparison.to, contestant, comparison.metric)))));
        }
        return table(rows);
    }

    private static String ratio(OptionalDouble ours, OptionalDouble theirs) {
        return ours.isPresent() && theirs.isPresent() && theirs.getAsDouble() > 0
                ? String.format(Locale.ROOT, "%.2f", ours.getAsDouble() / theirs.getAsDouble())
                : "";
    }

    private static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        return String.format(Locale.ROOT, value.getAsDouble() >= LARGE ? "%,.0f" : "%.2f", value.getAsDouble());
    }

    private static List<String> row(Stream<String> names, Stream<String> values) {
        return Stream.concat(names, values).toList();
    }

    private static String table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        var widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        var lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, lines.get(0).replaceAll("[^|]", "-"));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - row.get(i).length());
            line.append(' ')
                    .append(i < 1 ? row.get(i) + space : space + row.get(i))
                    .append(" |");
        }
        return line.toString();
    }
}
