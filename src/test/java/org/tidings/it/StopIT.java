package org.tidings.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseResponse;
import org.tidings.testkit.SseSocketClient;

/** The stop of the embedded server, with streams that are open. */
@Timeout(60)
class StopIT {
    private static final int STREAMS = 20;

    @Test
    void eachStreamHearsTheFarewellAndTheLastChunk(@TempDir Path folder) throws Exception {
        TidingsServer server = start(folder, "30s");
        EventHub hub = server.bean(EventHub.class);
        SinkBoard board = server.bean(SinkBoard.class);
        List<String> connected = board.connected();
        List<String> disconnected = board.disconnected();
        var streams = new ArrayList<SseSocketClient>();
        for (int i = 0; i < STREAMS; i++) {
            String path = i % 2 == 0 ? "hub/events?topic=stop" : "sinks/hub?topic=stop";
            streams.add(SseSocketClient.open(server.address().resolve(path)));
            assertThat(streams.get(i).next().type()).isEqualTo("$hello");
        }

        server.close();

        for (SseSocketClient stream : streams) {
            assertThat(stream.rest()).as("an orderly end, and no event").isEmpty();
            assertThat(stream.text()).contains("retry: ");
            stream.close();
        }
        assertThat(hub.statistics().connections()).isZero();
        assertThat(hub.statistics().closed(DisconnectReason.SHUTDOWN)).isEqualTo(STREAMS);
        assertThat(disconnected).hasSize(STREAMS).containsExactlyInAnyOrderElementsOf(connected);
    }

    @Test
    void whileAClientHasNotTakenTheFarewellTheServerIsNotReady(@TempDir Path folder) throws Exception {
        TidingsServer server = start(folder, "20s");
        EventHub hub = server.bean(EventHub.class);
        try (var slow = SseSocketClient.openNarrow(server.address().resolve("hub/events?topic=slow"))) {
            assertThat(slow.next().type()).isEqualTo("$hello");
            List<String> data = fill(hub);

            var stop = CompletableFuture.runAsync(server::close);
            await().untilAsserted(() -> assertThat(status(server, "ready")).isEqualTo(503));
            assertThat(status(server, "live")).isEqualTo(200);
            URI events = server.address().resolve("hub/events?topic=slow");
            assertStopping(SseSocketClient.post(events));
            assertStopping(SseSocketClient.open(events));
            assertThat(stop).isNotDone();

            assertThat(slow.rest()).extracting(ReceivedEvent::data).isEqualTo(data);
            stop.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void clientsThatLeftBeforeTheirAnswerHoldNothingUp(@TempDir Path folder) throws Exception {
        TidingsServer server = start(folder, "10m"); // for which nobody would wait
        for (int i = 0; i < 200; i++) {
            leave(server, "hub/events?topic=a");
            leave(server, "hub/events?topic=a&wait=60");
        }
        var last = SseSocketClient.open(server.address().resolve("hub/events?topic=a"));
        assertThat(last.next().type()).isEqualTo("$hello");

        server.close();

        assertThat(last.rest()).isEmpty();
        last.close();
    }

    /** The stop took all its time, and each stream that a browser had left was kept until then. */
    @Test
    void whatAClientOfHttp2HasLeftHoldsNothingUp(@TempDir Path folder) throws Exception {
        KeyStoreFile keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
        var settings = new HashMap<>(keys.settings());
        settings.put("tidings.drain", "10m"); // for which nobody would wait
        TidingsServer server = TidingsServer.start(settings);
        EventHub hub = server.bean(EventHub.class);
        HttpClient browser = HttpClient.newBuilder().sslContext(keys.trust()).build();
        try (var stream = SseResponse.open(browser, server.address().resolve("hub/events?topic=left"))) {
            assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(stream.next().type()).isEqualTo("$hello");
        }
        for (int i = 0; i < 20; i++) {
            var poll = HttpRequest.newBuilder(server.address().resolve("hub/events?topic=left&wait=60"))
                    .header("Accept", "application/json");
            CompletableFuture<?> answer = browser.sendAsync(poll.build(), BodyHandlers.discarding());
            askAnother(browser, server);
            assertThat(answer.cancel(true)).isTrue();
        }
        askAnother(browser, server);
        await().until(() -> {
            hub.publish(Publication.of("left", "is anybody there?")).join();
            return hub.statistics().connections() == 0;
        });

        server.close();

        assertThat(hub.statistics().closed(DisconnectReason.CLIENT_GONE)).isEqualTo(1);
    }

    /** What was sent before on this connection, the server has read then. */
    private static void askAnother(HttpClient client, TidingsServer server) throws Exception {
        var request = HttpRequest.newBuilder(server.address().resolve("hub/health/live"));
        assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    /** Asks, and resets the connection. */
    private static void leave(TidingsServer server, String path) throws IOException {
        try (var socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            socket.setSoLinger(true, 0);
            String accept = path.contains("wait") ? "application/json" : "text/event-stream";
            socket.getOutputStream()
                    .write(("GET /" + path + " HTTP/1.1\r\nHost: a\r\nAccept: " + accept + "\r\n\r\n")
                            .getBytes(US_ASCII));
        }
    }

    @Test
    void sinkOfAnApplicationIsClosed(@TempDir Path folder) throws Exception {
        TidingsServer server = start(folder, "1s");
        try (var stream = SseSocketClient.open(server.address().resolve("sinks/held"))) {
            SinkBoard.Held held = server.bean(SinkBoard.class).take();

            server.close();

            await().until(held.sink()::isClosed);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    /** Something waits for the client, and fits into its queue: 250 KiB, of which the kernel takes less. */
    private static List<String> fill(EventHub hub) {
        var data = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            data.add(i + "-".repeat(4 * 1024));
            hub.publish(Publication.of("slow", data.get(i))).join();
        }
        return data;
    }

    private static int status(TidingsServer server, String health) throws IOException {
        try (var answer = SseSocketClient.open(server.address().resolve("hub/health/" + health))) {
            return answer.status();
        }
    }

    private static void assertStopping(SseSocketClient answer) throws IOException {
        try (answer) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(json(answer.content()).getString("type")).isEqualTo("urn:tidings:problem:stopping");
        }
    }

    private static TidingsServer start(Path folder, String drain) throws IOException {
        return BeanArchive.of(folder, SinkApplication.class, SinkResource.class, SinkFilter.class, SinkBoard.class)
                .onClassPath(() -> TidingsServer.start(Map.of("tidings.port", "0", "tidings.drain", drain)));
    }
}
