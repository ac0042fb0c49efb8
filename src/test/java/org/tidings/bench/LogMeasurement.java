package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.tidings.api.ByteSize;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubListener;
import org.tidings.hub.HubSettings;
import org.tidings.hub.SystemHubScheduler;
import org.tidings.log.EventLog;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;
import org.tidings.log.sqlite.Durability;
import org.tidings.log.sqlite.SqliteEventLog;

/** One measurement of the log on disk, and of the hub on it, in this process. */
final class LogMeasurement {
    /** Until the compiler has seen enough: what is measured is a server that runs for days. */
    private static final long RAMP_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The hub and the disk take turns, so many each, because a disk is not as fast in one second as in the next. */
    private static final int TURNS = 8;

    private static final long EVENTS = 100_000;
    private static final ByteSize SIZE = ByteSize.mebi(32);
    private static final Retention OF_EVENTS = new Retention(Duration.ofDays(1), EVENTS, ByteSize.mebi(1024));
    private static final Retention OF_BYTES = new Retention(Duration.ofDays(1), 999_999_999, SIZE);

    /** As streams and polls do, but for the bytes, which are to be no bound here. */
    private static final PageLimit PAGE = new PageLimit(500, ByteSize.mebi(1));

    private static final TopicSelector EVERYTHING = TopicSelector.parse(List.of("**"));
    private static final int FILLING_BATCH = 500;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEBI = 1024 * 1024;

    private final Workload workload;
    private final long nanos;
    private final Path folder;
    private final Map<Metric, Double> metrics = new EnumMap<>(Metric.class);

    LogMeasurement(Workload workload, double seconds, Path folder) {
        this.workload = workload;
        this.nanos = (long) (seconds * NANOS_PER_SECOND);
        this.folder = folder;
    }

    Map<Metric, Double> take() throws IOException, InterruptedException {
        switch (workload.name()) {
            case "log-replay-topic" -> replay(HubPublishers::topic);
            case "log-replay-all" -> replay(number -> "**");
            case "log-full-events" -> publishWhenFull(OF_EVENTS);
            case "log-full-bytes" -> publishWhenFull(OF_BYTES);
            case "log-file" -> grow();
            default -> publishInTurns();
        }
        return metrics;
    }

    private void publishInTurns() throws IOException, InterruptedException {
        String name = workload.name().split("-", -1)[1].toUpperCase(Locale.ROOT);
        var durability = Durability.valueOf(name);
        try (var hub = hub(open(durability, OF_EVENTS));
                var disk = new DiskWriter(folder.resolve("rival"), durability == Durability.FSYNC)) {
            var publishers = new HubPublishers(hub, workload.load());
            publishers.run(RAMP_NANOS);
            publishers.clear();
            disk.run(RAMP_NANOS / TURNS);
            long writes = 0;
            for (int i = 0; i < TURNS; i++) {
                writes += disk.run(nanos / TURNS);
                publishers.run(nanos / TURNS);
            }
            report(publishers);
            metrics.put(Metric.DISK, writes * NANOS_PER_SECOND / nanos);
            metrics.put(Metric.OF_DISK, (double) publishers.published() / writes);
        }
    }

    /** At the speed that the publishers can do, each event replaces an old one. */
    private void publishWhenFull(Retention retention) throws IOException, InterruptedException {
        SqliteEventLog log = open(Durability.FSYNC, retention);
        for (long first = 0; log.trimmed(EVERYTHING) == 0; first = log.end()) {
            fill(log, first + FILLING_BATCH);
        }
        try (var hub = hub(log)) {
            var publishers = new HubPublishers(hub, workload.load());
            publishers.run(RAMP_NANOS);
            publishers.clear();
            publishers.run(nanos);
            report(publishers);
            weigh(log);
        }
    }

    private void report(HubPublishers publishers) {
        metrics.put(Metric.EVENTS, publishers.published() * NANOS_PER_SECOND / nanos);
        metrics.put(Metric.P50, publishers.latency(0.5) / NANOS_PER_MILLI);
        metrics.put(Metric.P99, publishers.latency(0.99) / NANOS_PER_MILLI);
        metrics.put(Metric.P999, publishers.latency(0.999) / NANOS_PER_MILLI);
        metrics.put(Metric.PAUSE, publishers.pause() / NANOS_PER_MILLI);
    }

    /** From the beginning to the end, again and again, each time of the next selector. */
    private void replay(LongFunction<String> selectors) {
        try (var log = open(Durability.OS, OF_EVENTS)) {
            fill(log, EVENTS);
        }
        try (var log = open(Durability.OS, OF_EVENTS)) {
            replay(log, selectors, RAMP_NANOS);
            long begin = System.nanoTime();
            long events = replay(log, selectors, nanos);
            metrics.put(Metric.EVENTS, events * NANOS_PER_SECOND / (System.nanoTime() - begin));
        }
    }

    private static long replay(EventLog log, LongFunction<String> selectors, long nanos) {
        long begin = System.nanoTime();
        long events = 0;
        for (long i = 0; System.nanoTime() - begin < nanos; i++) {
            TopicSelector topics = TopicSelector.parse(List.of(selectors.apply(i)));
            Page page;
            for (long after = 0; after < log.end(); after = page.through()) {
                page = log.read(after, topics, PAGE);
                events += page.events().size();
            }
        }
        return events;
    }

    /** What the file is after N events and after three times as many, where it may keep half of N. */
    private void grow() throws IOException {
        try (var log = open(Durability.OS, OF_EVENTS)) {
            fill(log, 2 * EVENTS);
            double before = Files.size(folder.resolve("tidings.db"));
            fill(log, 6 * EVENTS);
            metrics.put(Metric.GROWTH, Files.size(folder.resolve("tidings.db")) / before);
            weigh(log);
        }
    }

    /** The file, for each event that is kept, and what is not in the file yet. */
    private void weigh(EventLog log) throws IOException {
        long kept = log.end() - log.trimmed(EVERYTHING);
        metrics.put(Metric.FILE, (double) Files.size(folder.resolve("tidings.db")) / kept);
        metrics.put(Metric.WAL, Files.size(folder.resolve("tidings.db-wal")) / MEBI);
    }

    private void fill(EventLog log, long end) {
        String data = "x".repeat(workload.load().size());
        while (log.end() < end) {
            var batch = new ArrayList<Publication>();
            for (int i = 0; i < FILLING_BATCH; i++) {
                batch.add(Publication.of(HubPublishers.topic(i), data));
            }
            log.append(batch, Instant.now());
        }
    }

    private SqliteEventLog open(Durability durability, Retention retention) {
        return SqliteEventLog.open(folder, durability, retention);
    }

    private static EventHub hub(EventLog log) {
        return EventHub.start(log, HubSettings.DEFAULTS, SystemHubScheduler.create(), HubListener.NONE);
    }
}
