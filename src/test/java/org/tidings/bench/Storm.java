package org.tidings.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** All clients come back at once, while others are live on another topic: one run of such a workload. */
final class Storm {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** After a single one the compiler is still at work in the storm, with 15 % of the processors. */
    private static final int REHEARSALS = 3;

    private static final long RAMP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** About as long as a storm, so that both have as many events to be late. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** After the last event that was missed, for one too many. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double KIBI = 1024;

    private final Run run;
    private final Run liveRun;
    private final ProcessUsage server;
    private final Deliveries live;
    private final Map<Metric, Double> metrics = new EnumMap<>(Metric.class);

    Storm(Run run) {
        this.run = run;
        this.liveRun = new Run(run.number(), run.endpoint(), run.workload().live(), run.seconds(), run.pids());
        this.server = new ProcessUsage(run.pids());
        this.live = new Deliveries(liveRun.workload().load().publishers());
    }

    Map<Metric, Double> take() throws IOException, InterruptedException {
        for (int i = 0; i < REHEARSALS; i++) {
            rehearse();
        }
        try (var returning = new Returning(run);
                var subscribers = Subscribers.of(liveRun, live);
                var publishers = new Publishers(liveRun, live)) {
            returning.publish();
            subscribers.open();
            phase(publishers, RAMP_NANOS);
            phase(publishers, QUIET_NANOS);
            metrics.put(Metric.QUIET_P99, live.latency(0.99) / NANOS_PER_MILLI);
            metrics.put(Metric.HEAP_BEFORE, server.liveHeap() / KIBI);
            comeBack(returning, publishers);
            metrics.put(Metric.HEAP_AFTER, server.liveHeap() / KIBI);
            metrics.merge(
                    Metric.FAILURES,
                    (double) subscribers.failures() + publishers.failures() + returning.failures(),
                    Double::sum);
        }
        return metrics;
    }

    /** A storm that does not count: the server's code for it is compiled. */
    private void rehearse() throws IOException, InterruptedException {
        try (var returning = new Returning(run)) {
            returning.publish();
            returning.open();
            returning.await(Marker.now() + LONGEST_NANOS);
        }
        server.awaitQuiet();
    }

    /** Publishes, and waits until all is heard. */
    private void phase(Publishers publishers, long nanos) throws InterruptedException {
        live.clear();
        long published = publishers.run(Load.Kind.RATE, nanos, Long.MAX_VALUE);
        awaitAll(published);
    }

    private void comeBack(Returning returning, Publishers publishers) throws IOException, InterruptedException {
        try (var memory = new JvmMemory(run.pids().get(0))) {
            memory.resetHeapPeak();
            live.clear();
            double cpu = server.cpu();
            long begin = Marker.now();
            var published = CompletableFuture.supplyAsync(() -> publish(publishers));
            returning.open();
            metrics.put(Metric.CONNECTS, run.workload().audience().clients() / secondsSince(begin));
            returning.await(begin + LONGEST_NANOS);
            double took = secondsSince(begin);
            metrics.put(Metric.BACK, took);
            metrics.put(
                    Metric.CPU,
                    (server.cpu() - cpu) * 1e6 / run.workload().audience().clients());
            publishers.stop();
            metrics.put(Metric.HEAP_PEAK, memory.heapPeak() / KIBI / KIBI);
            report(publishers, published.join(), took);
        }
        LockSupport.parkNanos(SETTLE_NANOS);
    }

    private void report(Publishers publishers, long published, double took) {
        awaitAll(published);
        double p99 = live.latency(0.99) / NANOS_PER_MILLI;
        metrics.put(Metric.EVENTS, published / took);
        metrics.put(Metric.P50, live.latency(0.5) / NANOS_PER_MILLI);
        metrics.put(Metric.P99, p99);
        metrics.put(Metric.P999, live.latency(0.999) / NANOS_PER_MILLI);
        metrics.put(Metric.ANSWER_P99, publishers.answer(0.99) / NANOS_PER_MILLI);
        metrics.put(Metric.STORM, p99 / metrics.get(Metric.QUIET_P99));
        metrics.put(Metric.FAILURES, (double) Math.abs(published * Workload.LIVE.clients() - live.count()));
    }

    private void awaitAll(long published) {
        live.awaitCount(published * Workload.LIVE.clients(), Marker.now() + LATE_NANOS);
    }

    private static double secondsSince(long begin) {
        return (Marker.now() - begin) / NANOS_PER_SECOND;
    }

    private static long publish(Publishers publishers) {
        try {
            return publishers.run(Load.Kind.RATE, LONGEST_NANOS, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
