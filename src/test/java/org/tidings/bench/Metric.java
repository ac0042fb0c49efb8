package org.tidings.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is measured. The names are the keys of the load client's line; docs/performance.md says what each means. */
enum Metric {
    EVENTS("events/s", true),
    DELIVERIES("deliveries/s", true),
    CPU("CPU us", false),
    P50("p50 ms", false),
    P99("p99 ms", false),
    P999("p99.9 ms", false),
    CONNECTS("connects/s", true),
    CONNECT_CPU("connect CPU us", false),
    PAUSE("pause ms", false),
    DISK("disk writes/s", true),
    OF_DISK("of the disk", true),
    FILE("file B/event", false),
    GROWTH("file 3N : N", false),
    WAL("WAL MiB", false),
    QUIET_P99("p99 ms before", false),
    ANSWER_P99("p99 ms answer", false),
    STORM("storm : before", false),
    BACK("all back s", false),
    HEAP_BEFORE("heap MiB before", false),
    HEAP_PEAK("heap MiB peak", false),
    HEAP_AFTER("heap MiB after", false),
    HEAP("heap KiB/conn", false),
    DIRECT("direct KiB/conn", false),
    RSS("RSS KiB/conn", false),
    CLIENT_CPU("client CPU us", false),
    FAILURES("failures", false);

    private final String title;
    private final boolean moreIsBetter;

    Metric(String title, boolean moreIsBetter) {
        this.title = title;
        this.moreIsBetter = moreIsBetter;
    }

    String title() {
        return title;
    }

    double better(double a, double b) {
        return moreIsBetter ? Math.max(a, b) : Math.min(a, b);
    }

    /** For {@link #parse}. */
    static String line(Map<Metric, Double> metrics) {
        return metrics.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    static Map<Metric, Double> parse(String line) {
        var metrics = new EnumMap<Metric, Double>(Metric.class);
        Stream.of(line.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(word -> {
            int equals = word.indexOf('=');
            metrics.put(Metric.valueOf(word.substring(0, equals)), Double.valueOf(word.substring(equals + 1)));
        });
        return metrics;
    }
}
