package org.tidings.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run: opens the connections, publishes, and measures both. */
final class Measurement {
    /** The load before the measured one, of the same kind: buffers get their size, and code is compiled. */
    private static final double RAMP_SECONDS = 1;

    /** The longest that publishing a number of events may take. */
    private static final double LONGEST_SECONDS = 30;

    /** A server may answer that a stream begins a little before it does. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Run run;
    private final Audience audience;
    private final Load load;
    private final ProcessUsage server;
    private final ProcessUsage client = ProcessUsage.ofThisProcess();
    private final Deliveries deliveries;
    private final Map<Metric, Double> metrics = new EnumMap<>(Metric.class);

    Measurement(Run run) {
        this.run = run;
        this.audience = run.workload().audience();
        this.load = run.workload().load();
        this.server = new ProcessUsage(run.pids());
        this.deliveries = new Deliveries(load.publishers());
    }

    Map<Metric, Double> take() throws IOException, InterruptedException {
        if (run.workload().isSecure() != run.endpoint().isSecure()) {
            throw new IOException("the server listens on " + run.endpoint().uri());
        }
        try (var publishers = new Publishers(run, deliveries)) {
            try (var subscribers = Subscribers.of(run, deliveries)) {
                if (load.kind() == Load.Kind.NONE) {
                    openAndWeigh(subscribers);
                } else {
                    open(subscribers);
                    publish(publishers);
                }
                metrics.merge(Metric.FAILURES, (double) subscribers.failures(), Double::sum);
            }
            publishers.publishToNobody();
        }
        return metrics;
    }

    private void openAndWeigh(Subscribers subscribers) throws IOException, InterruptedException {
        boolean java = run.endpoint().api().isJava();
        ProcessUsage.Memory before = java ? server.memory() : null;
        double rss = server.rss();
        open(subscribers);
        metrics.put(Metric.RSS, (server.rss() - rss) / audience.connections());
        if (java) {
            ProcessUsage.Memory after = server.memory();
            metrics.put(Metric.HEAP, (after.liveHeap() - before.liveHeap()) / audience.connections());
            metrics.put(Metric.DIRECT, (after.direct() - before.direct()) / audience.connections());
        }
    }

    private void open(Subscribers subscribers) throws IOException, InterruptedException {
        double cpu = server.cpu();
        long begin = Marker.now();
        subscribers.open();
        double took = (Marker.now() - begin) / NANOS_PER_SECOND;
        LockSupport.parkNanos(SETTLE_NANOS);
        if (audience.connections() > 0) {
            metrics.put(Metric.CONNECTS, audience.connections() / took);
            metrics.put(Metric.CONNECT_CPU, (server.cpu() - cpu) * MICROS_PER_SECOND / audience.connections());
        }
    }

    private void publish(Publishers publishers) throws InterruptedException {
        if (load.first() > 0) {
            phase(publishers, Load.Kind.WINDOW, LONGEST_SECONDS, load.first());
        } else {
            phase(publishers, load.kind(), RAMP_SECONDS, Long.MAX_VALUE);
        }
        measure(publishers);
        metrics.merge(Metric.FAILURES, (double) publishers.failures(), Double::sum);
    }

    private void measure(Publishers publishers) throws InterruptedException {
        double serverCpu = server.cpu();
        double clientCpu = client.cpu();
        long begin = Marker.now();
        long published = phase(publishers, load.kind(), run.seconds(), Long.MAX_VALUE);
        double took = (Marker.now() - begin) / NANOS_PER_SECOND;
        long heard = deliveries.count();
        double units = Math.max(1, load.kind() == Load.Kind.ALONE ? published : heard);
        metrics.put(Metric.EVENTS, published / took);
        metrics.put(Metric.CPU, (server.cpu() - serverCpu) * MICROS_PER_SECOND / units);
        metrics.put(Metric.CLIENT_CPU, (client.cpu() - clientCpu) * MICROS_PER_SECOND / units);
        if (load.kind() != Load.Kind.ALONE) {
            metrics.put(Metric.DELIVERIES, heard / took);
            metrics.put(Metric.P50, deliveries.latency(0.5) / NANOS_PER_MILLI);
            metrics.put(Metric.P99, deliveries.latency(0.99) / NANOS_PER_MILLI);
            metrics.put(Metric.P999, deliveries.latency(0.999) / NANOS_PER_MILLI);
            // Too few or too many.
            metrics.put(Metric.FAILURES, (double) Math.abs(published * audience.perTopic() - heard));
        }
    }

    /** Publishes, and waits until all is heard; what was counted before is forgotten. Returns how many events. */
    private long phase(Publishers publishers, Load.Kind kind, double seconds, long atMost) throws InterruptedException {
        deliveries.clear();
        long published = publishers.run(kind, (long) (seconds * NANOS_PER_SECOND), atMost);
        if (kind != Load.Kind.ALONE) {
            deliveries.awaitCount(published * audience.perTopic(), Marker.now() + LATE_NANOS);
        }
        return published;
    }
}
