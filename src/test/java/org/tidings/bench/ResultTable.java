package org.tidings.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
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
            Metric.PAUSE,
            Metric.DISK,
            Metric.OF_DISK,
            Metric.FILE,
            Metric.GROWTH,
            Metric.WAL,
            Metric.ANSWER_P99,
            Metric.QUIET_P99,
            Metric.STORM,
            Metric.BACK,
            Metric.HEAP_BEFORE,
            Metric.HEAP_PEAK,
            Metric.HEAP_AFTER,
            Metric.CONNECTS,
            Metric.CONNECT_CPU,
            Metric.HEAP,
            Metric.DIRECT,
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
            Metric.QUIET_P99,
            Metric.BACK,
            Metric.CONNECTS,
            Metric.HEAP,
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

    /** Workloads that have the same columns. */
    private enum Kind {
        SERVERS,
        STORM,
        LOG;

        static Kind of(Workload workload) {
            return switch (workload.scope()) {
                case STORM -> STORM;
                case LOG -> LOG;
                default -> SERVERS;
            };
        }
    }

    /** What a table says of a metric. */
    private interface Cell {
        String text(String workload, Contestant contestant, Metric metric);
    }

    private record Comparison(String workload, String to, Metric metric) {}

    private ResultTable() {}

    /** A table for each kind of workload, with the columns that it has. */
    static String medians(Results results) {
        return tables(results, (workload, contestant, metric) -> number(results.median(workload, contestant, metric)));
    }

    /** The same tables with the lowest and the highest value. */
    static String spreads(Results results) {
        return tables(results, (workload, contestant, metric) -> {
            double[] sorted = results.sorted(workload, contestant, metric);
            return sorted.length == 0 ? "" : number(sorted[0]) + " to " + number(sorted[sorted.length - 1]);
        });
    }

    private static String tables(Results results, Cell cell) {
        return Stream.of(Kind.values())
                .map(kind -> results.workloads().stream()
                        .filter(workload -> Kind.of(workload) == kind)
                        .toList())
                .filter(workloads -> !workloads.isEmpty())
                .map(workloads -> table(results, workloads, cell))
                .collect(Collectors.joining("\n"));
    }

    private static String table(Results results, List<Workload> workloads, Cell cell) {
        List<Metric> columns = COLUMNS.stream()
                .filter(metric -> workloads.stream().anyMatch(workload -> results.has(workload, metric)))
                .toList();
        var rows = new ArrayList<List<String>>();
        rows.add(row(Stream.of("workload", "server"), columns.stream().map(Metric::title)));
        for (Workload workload : workloads) {
            for (Contestant contestant : Contestant.values()) {
                if (results.has(workload, contestant)) {
                    rows.add(row(
                            Stream.of(workload.name(), contestant.title() + flag(results, workload, contestant)),
                            columns.stream().map(metric -> cell.text(workload.name(), contestant, metric))));
                }
            }
        }
        return table(rows);
    }

    /** Ours, in memory, through the rival's; nothing without one. */
    static String ratios(Results results, Rival rival) {
        return ratios(
                results,
                rival.ours().title() + " : " + rival.title(),
                (workload, metric) -> text(rival.ratio(results, workload, metric)));
    }

    /** What the log on disk costs: the medians with it through those with the log in memory. */
    static String onDisk(Results results, Rival rival) {
        return ratios(
                results,
                "on disk : in memory",
                (workload, metric) -> text(Results.ratio(
                        results.median(workload, rival.onDisk(), metric),
                        results.median(workload, rival.ours(), metric))));
    }

    /** Without the workloads that have only one of the two. */
    private static String ratios(Results results, String title, BiFunction<String, Metric, String> ratio) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(Stream.of(title), RATIOS.stream().map(Metric::title)));
        for (Workload workload : results.workloads()) {
            var row = row(
                    Stream.of(workload.name()), RATIOS.stream().map(metric -> ratio.apply(workload.name(), metric)));
            if (row.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                rows.add(row);
            }
        }
        return rows.size() > 1 ? table(rows) : "";
    }

    /** Nothing, if none of it was measured. */
    static String targets(Results results) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("target", "bound", "median", "met"));
        rows.addAll(Targets.rows(results));
        return rows.size() > 1 ? table(rows) : "";
    }

    /** What one workload costs against another, on the same server. */
    static String comparisons(Results results) {
        List<Contestant> contestants =
                Stream.of(Contestant.values()).filter(results::has).toList();
        var rows = new ArrayList<List<String>>();
        rows.add(row(Stream.of("compared", "metric"), contestants.stream().map(Contestant::title)));
        for (Comparison comparison : COMPARISONS) {
            var row = row(
                    Stream.of(comparison.workload + " : " + comparison.to, comparison.metric.title()),
                    contestants.stream()
                            .map(contestant -> text(Results.ratio(
                                    results.median(comparison.workload, contestant, comparison.metric),
                                    results.median(comparison.to, contestant, comparison.metric)))));
            if (row.stream().skip(2).anyMatch(cell -> !cell.isEmpty())) {
                rows.add(row);
            }
        }
        return rows.size() > 1 ? table(rows) : "";
    }

    private static String flag(Results results, Workload workload, Contestant contestant) {
        return results.hasFailures(workload.name(), contestant) ? " (failures)" : "";
    }

    private static String text(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= LARGE ? "%,.0f" : "%.2f", value);
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
