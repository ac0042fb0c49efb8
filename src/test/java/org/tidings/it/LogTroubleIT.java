package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.tidings.testkit.HubClient.json;
import static org.tidings.testkit.Patience.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.EventId;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** What can happen to the log's file, while the server runs and before it starts. */
@Timeout(90)
class LogTroubleIT {
    private static final String LARGE = "x".repeat(200 * 1024);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path directory;
    private URI address;

    @BeforeEach
    void choose() {
        directory = folder.resolve("log");
    }

    @Test
    void aFullDiskIsToldAndGoesOnOnceThereIsSpace() throws Exception {
        mount("16m");
        try (var program = start()) {
            Path ballast = directory.resolve("ballast");
            Files.write(ballast, new byte[8 * 1024 * 1024]);

            assertGoesOn(program, LARGE, "disk", () -> delete(ballast));
        } finally {
            unmount();
        }
    }

    @Test
    void aDiskThatTheLogHasFilledIsToldAndGoesOnOnceItIsLarger() throws Exception {
        mount("40m"); // the write-ahead log has been moved to the file before
        try (var program = start()) {
            assertGoesOn(program, LARGE, "disk", () -> run("mount", "-o", "remount,size=100m", directory.toString()));
        } finally {
            unmount();
        }
    }

    @Test
    void anotherProgramThatWritesIsToldAndGoesOnOnceItHasEnded() throws Exception {
        try (var program = start();
                var other = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertGoesOn(program, "small", "another process has locked", () -> statement.execute("ROLLBACK"));
        }
    }

    @Test
    void aFileThatIsMovedAwayIsToldAndGoesOnOnceItIsBack() throws Exception {
        Path away = folder.resolve("away");
        try (var program = start()) {
            assertThat(publish("before").statusCode()).isEqualTo(201);
            move(file(), away);

            assertGoesOn(program, "small", "moved", () -> move(away, file()));
        }
    }

    @Test
    void whatIsNoLogIsRefusedInOneSentenceAndLeftAsItIs() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(file(), "This is no database.\n".repeat(1_000));
        assertRefused("the log in " + directory + " cannot be opened: the log's file is damaged; put a copy of it");

        Files.delete(file());
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = other.createStatement()) {
            statement.execute("CREATE TABLE theirs (a)");
        }
        assertRefused("the log in " + directory
                + " cannot be opened: the file is a database of another program; set tidings.log.directory");
    }

    @Test
    void aFileThatLostItsEndIsRefusedInOneSentenceAndLeftAsItIs() throws Exception {
        try (var program = start()) {
            for (int i = 0; i < 20; i++) {
                publish(LARGE);
            }
            program.stop();
        }
        truncate(file());

        assertRefused("the log in " + directory + " cannot be opened: the log's file is damaged; put a copy of it");
    }

    @Test
    void aPathThatIsAFileIsRefusedInOneSentence() throws Exception {
        Files.writeString(directory, "a file");

        assertRefused(directory + " is a file: set tidings.log.directory to a directory");
        assertThat(directory).hasContent("a file");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefusedInOneSentence() throws Exception {
        mount("1m");
        try {
            run("mount", "-o", "remount,ro", directory.toString());

            assertRefused("the log cannot write to " + directory + ": make that possible, or set");
        } finally {
            unmount();
        }
    }

    @Test
    void aDirectoryThatAnotherServerHasIsRefusedInOneSentence() throws Exception {
        try (var first = start()) {
            try (var second = Program.start(settings())) {
                assertThat(second.lines())
                        .singleElement()
                        .asString()
                        .startsWith("Tidings cannot start: another server keeps its log in " + directory
                                + ": stop that one, or give this one a directory of its own");
                assertThat(second.exitCode()).isEqualTo(1);
            }
            assertThat(first.endsWithin(0)).isFalse();
            assertThat(publish("still there").statusCode()).isEqualTo(201);
        }
    }

    /** What a disk that was not waited for can leave behind: the first half of what was written last. */
    @Test
    void aTornWriteAheadLogLeavesItsIntactBeginningAndAGapForWhoHadHeardMore() throws Exception {
        List<String> ids = new ArrayList<>();
        try (var program = start()) {
            for (int i = 0; i < 20; i++) {
                ids.add(json(publish(i + LARGE)).getString("id"));
            }
            program.kill();
        }
        truncate(Path.of(file() + "-wal"));

        try (var program = start();
                var behind =
                        SseSocketClient.open(address.resolve("hub/events?topic=a"), "Last-Event-ID: " + ids.get(19));
                var earlier =
                        SseSocketClient.open(address.resolve("hub/events?topic=a"), "Last-Event-ID: " + ids.get(0))) {
            assertThat(program.endsWithin(0)).isFalse();
            int left = json(poll()).getJsonArray("events").size();
            assertThat(left).isBetween(2, 19);
            assertThat(behind.next().type()).isEqualTo("$hello");
            ReceivedEvent gap = behind.next();
            assertThat(gap.type()).isEqualTo("$gap");
            assertThat(json(gap.data()).getString("reason")).isEqualTo("future");
            assertThat(behind.next(left)).extracting(ReceivedEvent::id).isEqualTo(ids.subList(0, left));
            assertThat(earlier.next().type()).isEqualTo("$hello");
            assertThat(earlier.next(left - 1)).extracting(ReceivedEvent::id).isEqualTo(ids.subList(1, left));
        }
    }

    @Test
    void aRestartInGoodOrderChangesNothingForClients() throws Exception {
        List<String> ids = new ArrayList<>();
        try (var program = start()) {
            for (int i = 0; i < 3; i++) {
                ids.add(json(publish("" + i)).getString("id"));
            }
            program.stop();
        }
        try (var program = start();
                var stream =
                        SseSocketClient.open(address.resolve("hub/events?topic=a"), "Last-Event-ID: " + ids.get(0))) {
            assertThat(program.endsWithin(0)).isFalse();
            ids.add(json(publish("3")).getString("id"));

            assertThat(stream.next().type()).isEqualTo("$hello");
            assertThat(stream.next(3)).extracting(ReceivedEvent::id).isEqualTo(ids.subList(1, 4));
            JsonObject page = json(poll());
            assertThat(page).doesNotContainKey("gap");
            assertThat(page.getJsonArray("events").getValuesAs(JsonObject.class))
                    .extracting(event -> event.getString("id"))
                    .isEqualTo(ids);
            assertThat(ids)
                    .extracting(id -> EventId.parse(id).orElseThrow().offset())
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    /**
     * Publishes until it is refused, removes the cause, and sees that a stream that was there all the time hears of
     * what is published then.
     */
    private void assertGoesOn(Program program, String data, String cause, Remedy remedy) throws Exception {
        try (var stream = SseSocketClient.open(address.resolve("hub/events?topic=other"))) {
            assertThat(stream.next().type()).isEqualTo("$hello");

            HttpResponse<String> refused = publish(data);
            while (refused.statusCode() == 201) { // without a pause: a disk takes hundreds
                refused = publish(data);
            }

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(refused).getString("type")).isEqualTo("urn:tidings:problem:log-unavailable");
            assertThat(json(refused).getString("detail"))
                    .contains(cause)
                    .endsWith("; nothing was done")
                    .doesNotContain("tidings.db", directory.toString());
            stream.awaitComment();

            remedy.apply();
            await().until(() -> publish("other", "after").statusCode() == 201);
            assertThat(stream.next().data()).isEqualTo("after");
            assertThat(program.endsWithin(0)).isFalse();
        }
    }

    private void assertRefused(String sentence) throws Exception {
        byte[] before = Files.exists(file()) ? Files.readAllBytes(file()) : new byte[0];
        try (var program = Program.start(settings())) {
            assertThat(program.lines()).singleElement().asString().startsWith("Tidings cannot start: " + sentence);
            assertThat(program.exitCode()).isEqualTo(1);
        }
        assertThat(Files.exists(file()) ? Files.readAllBytes(file()) : new byte[0])
                .isEqualTo(before);
    }

    private Program start() throws IOException {
        var program = Program.start(settings());
        address = program.address();
        return program;
    }

    private Map<String, String> settings() {
        return Map.of(
                "TIDINGS_LOG_ENGINE", "sqlite",
                "TIDINGS_LOG_DIRECTORY", directory.toString(),
                "TIDINGS_HEARTBEAT", "200ms");
    }

    private Path file() {
        return directory.resolve("tidings.db");
    }

    private HttpResponse<String> publish(String data) throws IOException, InterruptedException {
        return publish("a", data);
    }

    private HttpResponse<String> publish(String topic, String data) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("hub/events?topic=" + topic));
        return http.send(request.POST(BodyPublishers.ofString(data)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> poll() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("hub/events?topic=a&after=earliest"));
        return http.send(request.header("Accept", "application/json").build(), BodyHandlers.ofString());
    }

    private void mount(String size) throws IOException {
        Files.createDirectories(directory);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()), "mount, as root");
    }

    private void unmount() {
        run("umount", "-l", directory.toString());
    }

    private static boolean run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean delete(Path path) {
        return path.toFile().delete();
    }

    private static boolean move(Path from, Path to) {
        return from.toFile().renameTo(to.toFile());
    }

    /** To its half. */
    private static void truncate(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
    }

    private interface Remedy {
        void apply() throws Exception;
    }
}
