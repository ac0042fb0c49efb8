package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.EventId;
import org.tidings.testkit.Ports;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/**
 * The server is killed again and again, under load and while it starts, and started on the same log: what had a receipt
 * is there, and each stream that comes back goes on where it was. {@code -Dtidings.stress.seed} takes a seed again.
 */
@Timeout(600)
class CrashIT {
    private static final int ROUNDS = 22;
    private static final int PUBLISHERS = 4;
    private static final int STREAMS = 3;
    private static final int TOPICS = 3;
    private static final String LAST = "last:";

    private final long seed = Long.getLong("tidings.stress.seed", new Random().nextLong());
    private final Semaphore receipts = new Semaphore(0);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    private URI address;

    @Test
    void whatHadAReceiptIsThereAndStreamsGoOnWhereTheyWere() throws Exception {
        System.out.println("CrashIT: -Dtidings.stress.seed=" + seed);
        var random = new Random(seed);
        int port = Ports.free();
        address = URI.create("http://127.0.0.1:" + port + "/");
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<List<Told>>> published = each(threads, PUBLISHERS, this::publish);
            List<Future<List<Told>>> heard = each(threads, STREAMS, this::read);
            for (int round = 0; round < ROUNDS; round++) {
                liveAndDie(port, round, random);
            }
            try (var program = start(port, "fsync")) {
                program.address();
                enough.countDown();
                List<List<Told>> given = all(published);
                assertThat(post("crash/0", LAST).statusCode()).isEqualTo(201);

                List<Told> log = readAll();

                assertThat(given.stream().mapToInt(List::size).sum()).isGreaterThan(ROUNDS);
                given.forEach(each -> assertHasAll(log, each));
                assertEachPublishersOrder(log);
                for (List<Told> stream : all(heard)) {
                    assertThat(stream).isEqualTo(log);
                }
            }
        } finally {
            enough.countDown();
            threads.shutdownNow();
        }
    }

    /** Killed after some receipts, or some time if they do not come; every fourth time before it listens, perhaps. */
    private void liveAndDie(int port, int round, Random random) throws Exception {
        try (var program = start(port, round % 4 == 1 ? "os" : "fsync")) {
            if (round % 4 == 3) {
                assertThat(program.endsWithin(random.nextInt(2_000))).isFalse();
            } else {
                program.address();
                receipts.drainPermits();
                receipts.acquire(2); // however slow the machine is: without receipts nothing is tested
                boolean unused = receipts.tryAcquire(random.nextInt(200), random.nextInt(400), TimeUnit.MILLISECONDS);
            }
        }
    }

    private Program start(int port, String durability) throws IOException {
        return Program.start(Map.of(
                "TIDINGS_PORT",
                Integer.toString(port),
                "TIDINGS_LOG_ENGINE",
                "sqlite",
                "TIDINGS_LOG_DIRECTORY",
                folder.resolve("log").toString(),
                "TIDINGS_LOG_DURABILITY",
                durability));
    }

    /** Gives what it got a receipt for. A publication whose answer is lost is never repeated. */
    private List<Told> publish(int publisher, Random random) throws InterruptedException {
        var given = new ArrayList<Told>();
        for (int number = 0; enough.getCount() > 0; number++) {
            // Some are long, so that the write-ahead log is moved to the file now and then.
            int length = random.nextInt(4) == 0 ? random.nextInt(60_000) : random.nextInt(20);
            String data = publisher + "-" + number + ":" + "x".repeat(length);
            try {
                var answer = post("crash/" + random.nextInt(TOPICS), data);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                given.add(Told.of(json(answer).getString("id"), data));
                receipts.release();
            } catch (IOException e) {
                boolean unused = enough.await(5, TimeUnit.MILLISECONDS); // it was killed, and comes back
            }
        }
        return given;
    }

    private HttpResponse<String> post(String topic, String data) throws IOException, InterruptedException {
        return http.send(
                request("hub/events?topic=" + topic)
                        .POST(BodyPublishers.ofString(data))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String relative) {
        return HttpRequest.newBuilder(address.resolve(relative)).timeout(Duration.ofSeconds(20));
    }

    /** Gives what the stream told until the last event, over all its connections; some of them it cuts itself. */
    private List<Told> read(int which, Random random) throws InterruptedException {
        var heard = new ArrayList<Told>();
        URI uri = address.resolve("hub/events?topic=crash/**&after=earliest");
        String last = "";
        while (true) {
            int cut = which == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(400);
            String[] headers = last.isEmpty() ? new String[0] : new String[] {"Last-Event-ID: " + last};
            try (var stream = SseSocketClient.open(uri, headers)) {
                assertThat(stream.status()).isEqualTo(200);
                for (int i = 0; i < cut; i++) {
                    ReceivedEvent event = stream.next();
                    last = event.id();
                    if (!event.type().equals("$hello")) {
                        assertThat(event.type()).as(event.data()).isEqualTo("message");
                        heard.add(Told.of(event.id(), event.data()));
                    }
                    if (event.data().equals(LAST)) {
                        return heard;
                    }
                }
                stream.reset();
            } catch (IOException e) {
                boolean unused = enough.await(5, TimeUnit.MILLISECONDS);
            }
        }
    }

    private List<Told> readAll() throws IOException, InterruptedException {
        var log = new ArrayList<Told>();
        String after = "earliest";
        for (boolean more = true; more; ) {
            var request =
                    request("hub/events?topic=**&limit=500&after=" + after).header("Accept", "application/json");
            JsonObject page = json(http.send(request.build(), BodyHandlers.ofString()));
            assertThat(page).doesNotContainKey("gap");
            for (JsonObject event : page.getJsonArray("events").getValuesAs(JsonObject.class)) {
                log.add(Told.of(event.getString("id"), event.getString("data")));
            }
            after = page.getString("next");
            more = page.getBoolean("more");
        }
        return log;
    }

    /** Each under the id of its receipt, and no data twice. */
    private static void assertHasAll(List<Told> log, List<Told> given) {
        Map<String, String> ids = new HashMap<>();
        log.forEach(event -> assertThat(ids.put(event.data(), event.id())).isNull());
        assertThat(given).allSatisfy(event -> assertThat(ids).containsEntry(event.data(), event.id()));
    }

    /** Positions rise within one epoch, and so do the numbers of each publisher. */
    private static void assertEachPublishersOrder(List<Told> log) {
        List<EventId> ids = log.stream()
                .map(event -> EventId.parse(event.id()).orElseThrow())
                .toList();
        assertThat(ids).extracting(EventId::epoch).containsOnly(ids.get(0).epoch());
        assertThat(ids).extracting(EventId::offset).isSorted().doesNotHaveDuplicates();
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            String prefix = publisher + "-";
            assertThat(log.stream()
                            .filter(event -> event.data().startsWith(prefix))
                            .map(event -> Integer.valueOf(
                                    event.data().substring(prefix.length()).split(":", 2)[0])))
                    .isSorted();
        }
    }

    private List<Future<List<Told>>> each(ExecutorService threads, int count, Part part) {
        var running = new ArrayList<Future<List<Told>>>();
        for (int i = 0; i < count; i++) {
            int which = i;
            var random = new Random(seed + 31L * (i + 1));
            Callable<List<Told>> call = () -> part.run(which, random);
            running.add(threads.submit(call));
        }
        return running;
    }

    private static List<List<Told>> all(List<Future<List<Told>>> running) throws Exception {
        var results = new ArrayList<List<Told>>();
        for (var each : running) {
            results.add(each.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    /**
     * An event, as it was confirmed, told or read.
     *
     * @param data its name, a colon, and how long the rest is
     */
    private record Told(String id, String data) {
        static Told of(String id, String data) {
            int colon = data.indexOf(':') + 1;
            return new Told(id, data.substring(0, colon) + (data.length() - colon));
        }
    }

    private interface Part {
        List<Told> run(int which, Random random) throws Exception;
    }
}
