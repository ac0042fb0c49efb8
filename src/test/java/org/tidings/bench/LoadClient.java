package org.tidings.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts one workload on one server and measures it. Prints one line, {@code KEY=value} for each {@link Metric}.
 *
 * <p>{@code java -cp target/test-classes org.tidings.bench.LoadClient TIDINGS 8080 1000-w4 4 <pid of the server>...}
 */
final class LoadClient {
    /** The client's own code is compiled meanwhile, and buffers get their size. */
    private static final double RAMP_SECONDS = 1.5;

    /** A server may answer that a stream begins a little before it does. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Endpoint endpoint;
    private final Workload workload;
    private final double seconds;
    private final ProcessUsage server;
    private final ProcessUsage client = ProcessUsage.ofThisProcess();
    private final Deliveries deliveries;
    private final Topics topics;
    private final Map<Metric, Double> metrics = new EnumMap<>(Metric.class);

    private LoadClient(Endpoint endpoint, Workload workload, double seconds, List<Long> pids) {
        this.endpoint = endpoint;
        this.workload = workload;
        this.seconds = seconds;
        this.server = new ProcessUsage(pids);
        this.deliveries = new Deliveries(workload.load().publishers());
        this.topics = new Topics(workload.audience());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var endpoint = new Endpoint(Api.valueOf(args[0]), Integer.parseInt(args[1]));
        List<Long> pids = Stream.of(args).skip(4).map(Long::valueOf).collect(Collectors.toList());
        var metrics = new LoadClient(endpoint, Workload.named(args[2]), Double.parseDouble(args[3]), pids).run();
        System.out.println(line(metrics));
        System.exit(0); // whatever a server does to the threads that still read
    }

    static String line(Map<Metric, Double> metrics) {
        return metrics.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    static Map<Metric, Double> parse(String line) {
        var metrics = new EnumMap<Metric, Double>(Metric.class);
        new Scanner(line)
                .tokens()
                .map(token -> token.split("=", 2))
                .forEach(pair -> metrics.put(Metric.valueOf(pair[0]), Double.valueOf(pair[1])));
        return metrics;
    }

    private Map<Metric, Double> run() throws IOException, InterruptedException {
        try (var subscribers = new PlainSubscribers(endpoint, workload, topics, deliveries)) {
            open(subscribers);
            long failed = workload.load().kind() == Load.Kind.NONE ? 0 : publish();
            metrics.put(Metric.FAILURES, (double) failed + subscribers.failures());
        }
        return metrics;
    }

    private void open(Subscribers subscribers) throws IOException, InterruptedException {
        boolean idle = workload.load().kind() == Load.Kind.NONE;
        double heap = idle && endpoint.api().isJava() ? server.liveHeap() : 0;
        double rss = server.rss();
        double cpu = server.cpu();
        long begin = Marker.now();
        subscribers.open();
        double took = (Marker.now() - begin) / NANOS_PER_SECOND;
        LockSupport.parkNanos(SETTLE_NANOS);
        int connections = workload.audience().connections();
        if (connections == 0) {
            return;
        }
        metrics.put(Metric.CONNECTS, connections / took);
        metrics.put(Metric.CONNECT_CPU, (server.cpu() - cpu) * MICROS_PER_SECOND / connections);
        if (idle) {
            metrics.put(Metric.RSS, (server.rss() - rss) / connections);
            if (endpoint.api().isJava()) {
                metrics.put(Metric.HEAP, (server.liveHeap() - heap) / connections);
            }
        }
    }

    private long publish() throws IOException, InterruptedException {
        Load load = workload.load();
        try (var publishers = new Publishers(endpoint, workload, topics, deliveries)) {
            if (load.first() > 0) {
                phase(publishers, Load.Kind.WINDOW, Double.MAX_VALUE, load.first());
            } else {
                phase(publishers, load.kind(), RAMP_SECONDS, Long.MAX_VALUE);
            }
            long missing = measure(publishers, load.kind());
            return publishers.failures() + missing;
        }
    }

    /** Returns how many deliveries are missing, or too many. */
    private long measure(Publishers publishers, Load.Kind kind) throws InterruptedException {
        double serverCpu = server.cpu();
        double clientCpu = client.cpu();
        long begin = Marker.now();
        long published = phase(publishers, kind, seconds, Long.MAX_VALUE);
        double took = (Marker.now() - begin) / NANOS_PER_SECOND;
        long heard = deliveries.count();
        boolean alone = kind == Load.Kind.ALONE;
        double units = Math.max(1, alone ? published : heard);
        metrics.put(Metric.EVENTS, published / took);
        metrics.put(Metric.CPU, (server.cpu() - serverCpu) * MICROS_PER_SECOND / units);
        metrics.put(Metric.CLIENT_CPU, (client.cpu() - clientCpu) * MICROS_PER_SECOND / units);
        if (alone) {
            return 0;
        }
        metrics.put(Metric.DELIVERIES, heard / took);
        metrics.put(Metric.P50, deliveries.latency(0.5) / NANOS_PER_MILLI);
        metrics.put(Metric.P99, deliveries.latency(0.99) / NANOS_PER_MILLI);
        metrics.put(Metric.P999, deliveries.latency(0.999) / NANOS_PER_MILLI);
        return Math.abs(published * workload.audience().perTopic() - heard);
    }

    /** Publishes, and waits until all is heard; what was counted before is forgotten. Returns how many events. */
    private long phase(Publishers publishers, Load.Kind kind, double time, long atMost) throws InterruptedException {
        deliveries.clear();
        long published = publishers.run(kind, (long) (Math.min(time, 60) * NANOS_PER_SECOND), atMost);
        if (kind != Load.Kind.ALONE) {
            deliveries.awaitCount(
                    published * workload.audience().perTopic(), Marker.now() + TimeUnit.SECONDS.toNanos(10));
        }
        return published;
    }
}
