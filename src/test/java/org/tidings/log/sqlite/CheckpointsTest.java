package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.ByteSize;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;

class CheckpointsTest {
    private static final TopicSelector ALL = TopicSelector.parse(List.of("**"));
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path directory;

    /** SQLite by itself never finds a moment at which nobody reads, and its write-ahead log grows for ever. */
    @Test
    @Timeout(60)
    void theWriteAheadLogStaysSmallWhileReadersReadWithoutAPause() throws Exception {
        var retention = new Retention(Duration.ofDays(1), 5_000, ByteSize.mebi(64));
        var stop = new AtomicBoolean();
        try (var log = SqliteEventLog.open(directory, Durability.OS, retention)) {
            var readers = List.of(reading(log, stop), reading(log, stop));

            List<Publication> batch = Collections.nCopies(50, Publication.of("a", "x".repeat(4_000)));
            for (int i = 0; i < 500; i++) { // 100 MiB
                log.append(batch, NOON);
            }

            stop.set(true);
            readers.forEach(CompletableFuture::join);
            assertThat(Files.size(directory.resolve(LogFile.NAME + "-wal"))).isLessThan(48L * 1024 * 1024);
        }
    }

    /** The main file grows when the write-ahead log is moved there. */
    @Test
    void whoFollowsHearsOfEventsBeforeTheWriteAheadLogIsMoved() throws Exception {
        var retention = new Retention(Duration.ofDays(1), 100_000, ByteSize.mebi(512));
        Path main = directory.resolve(LogFile.NAME);
        var sizes = new ArrayList<Long>();
        try (var log = SqliteEventLog.open(directory, Durability.OS, retention)) {
            log.follow(events -> sizes.add(main.toFile().length()));

            log.append(Collections.nCopies(5_000, Publication.of("a", "x".repeat(4_000))), NOON);

            assertThat(Files.size(main)).isGreaterThan(16L * 1024 * 1024);
            assertThat(sizes).singleElement(InstanceOfAssertFactories.LONG).isLessThan(1024 * 1024);
        }
    }

    private static CompletableFuture<Void> reading(SqliteEventLog log, AtomicBoolean stop) {
        return CompletableFuture.runAsync(() -> {
            var limit = new PageLimit(500, ByteSize.kibi(64));
            long after = 0;
            while (!stop.get()) {
                after = after < log.end() ? log.read(after, ALL, limit).through() : 0;
            }
        });
    }
}
