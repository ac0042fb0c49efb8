package org.tidings.bench;

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
    HEAP("heap KiB/conn", false),
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
}
