package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.TopicSelector;
import org.tidings.hub.EventHub;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;
import org.tidings.log.sqlite.Durability;
import org.tidings.log.sqlite.SqliteEventLog;
import org.tidings.server.TidingsServer;

/** The command for a backup, as docs/operations.md has it, on a server that is being published to. */
@Timeout(60)
class BackupIT {
    private static final TopicSelector ALL = TopicSelector.parse(List.of("**"));

    @Test
    void aCopyMadeWhileTheServerRunsHasEverythingUpToThen(@TempDir Path folder) throws Exception {
        Path directory = folder.resolve("log");
        Path restored = Files.createDirectory(folder.resolve("restored"));
        List<Receipt> before;
        String epoch;
        try (var server = TidingsServer.start(Map.of(
                "tidings.port", "0", "tidings.log.engine", "sqlite", "tidings.log.directory", directory.toString()))) {
            var stop = new AtomicBoolean();
            var some = new CountDownLatch(500);
            List<Receipt> receipts = new ArrayList<>();
            var publisher =
                    CompletableFuture.runAsync(() -> publish(server.bean(EventHub.class), stop, some, receipts));
            some.await();
            synchronized (receipts) {
                before = List.copyOf(receipts);
            }

            backUp(directory, restored.resolve("tidings.db"));

            stop.set(true);
            publisher.get();
            epoch = before.get(0).id().epoch();
        }

        try (var log = SqliteEventLog.open(restored, Durability.FSYNC, Retention.DEFAULTS)) {
            List<Event> events = log.read(0, ALL, new PageLimit(Integer.MAX_VALUE - 1, ByteSize.mebi(1024)))
                    .events();
            assertThat(events).hasSizeGreaterThanOrEqualTo(before.size());
            assertThat(events.subList(0, before.size()))
                    .extracting(event -> event.id().offset())
                    .isEqualTo(before.stream()
                            .map(receipt -> receipt.id().offset())
                            .toList());
            assertThat(log.epoch()).as("a copy is another log").isNotEqualTo(epoch);
        }
    }

    private static void publish(EventHub hub, AtomicBoolean stop, CountDownLatch some, List<Receipt> receipts) {
        for (int i = 0; !stop.get(); i++) {
            Receipt receipt = hub.publishAndWait(Publication.of("backup/" + i % 10, "x".repeat(i % 5_000)));
            synchronized (receipts) {
                receipts.add(receipt);
            }
            some.countDown();
        }
    }

    private static void backUp(Path directory, Path copy) throws Exception {
        var builder = new ProcessBuilder("sh", "-ec", command()).inheritIO();
        builder.environment().putAll(Map.of("LOG", directory.toString(), "COPY", copy.toString()));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String command() throws Exception {
        Matcher block = Pattern.compile("## Back up\\R.*?```sh\\R(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
