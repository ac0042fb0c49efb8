package org.tidings.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.testkit.HubClient;

/** Clients that others wrote hear the same: npm's eventsource, Jersey's SseEventSource, curl. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ForeignClientsIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of());

    private static final Path NODE = Path.of("target", "js");
    private static final String LINES = " leading space\n\nlast line is empty\n";

    @BeforeAll
    static void installEventSource() throws Exception {
        Files.createDirectories(NODE);
        for (String file : List.of("package.json", "package-lock.json", "listen.mjs")) {
            Files.copy(Path.of("src", "test", "js", file), NODE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(NODE.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(npm.getInputStream().readAllBytes(), UTF_8);
        assertThat(npm.waitFor()).as(said).isZero();
    }

    @Test
    void npmsEventSourceHearsReplayAndLiveEvents() throws Exception {
        String first = SERVER.published("topic=npm&type=t", LINES);
        Process node = new ProcessBuilder(
                        "node",
                        "listen.mjs",
                        SERVER.uri("hub/events?topic=npm&after=earliest").toString(),
                        "3",
                        "$hello",
                        "t")
                .directory(NODE.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = node.inputReader()) {
            assertThat(HubClient.json(lines.readLine()).getString("type")).isEqualTo("$hello");
            assertHeard(HubClient.json(lines.readLine()), first, LINES);
            String second = SERVER.published("topic=npm&type=t", "grüße 👋");
            assertHeard(HubClient.json(lines.readLine()), second, "grüße 👋");
            assertThat(node.waitFor()).isZero();
        } finally {
            node.destroy();
        }
    }

    @Test
    void jerseysEventSourceHearsReplayAndLiveEvents() throws Exception {
        // Its parser skips every space behind the colon, and so loses a line's own; the standard skips one.
        String lines = LINES.strip();
        String first = SERVER.published("topic=jersey&type=t", lines);
        BlockingQueue<InboundSseEvent> heard = new LinkedBlockingQueue<>();
        Client client = ClientBuilder.newClient();
        try (SseEventSource source = SseEventSource.target(client.target(SERVER.uri("hub/events"))
                        .queryParam("topic", "jersey")
                        .queryParam("after", "earliest"))
                .build()) {
            source.register(heard::add);
            source.open();
            assertThat(heard.take().getName()).isEqualTo("$hello");
            assertHeard(heard.take(), first, lines);
            String second = SERVER.published("topic=jersey&type=t", "grüße 👋");
            assertHeard(heard.take(), second, "grüße 👋");
        } finally {
            client.close();
        }
    }

    @Test
    void curlReplaysBehindTheLastEventIdAndPollsWithTheSameIds() throws Exception {
        String first = SERVER.published("topic=curl", "1");
        String second = SERVER.published("topic=curl", "2");
        String third = SERVER.published("topic=curl", "3");

        Process curl = new ProcessBuilder(
                        "curl",
                        "-sN",
                        "-H",
                        "Last-Event-ID: " + first,
                        SERVER.uri("hub/events?topic=curl").toString())
                .start();
        var ids = new ArrayList<String>();
        try (BufferedReader lines = curl.inputReader()) {
            for (String line = lines.readLine(); !line.equals("data: 3"); line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    ids.add(line.substring(4));
                }
            }
        } finally {
            curl.destroy();
        }
        assertThat(ids).containsExactly(first, second, third); // $hello stands at the first

        JsonObject page = HubClient.json(run(
                "curl",
                "-s",
                "-H",
                "Accept: application/json",
                SERVER.uri("hub/events?topic=curl&after=" + first).toString()));
        assertThat(page.getJsonArray("events")
                        .getValuesAs(event -> event.asJsonObject().getString("id")))
                .containsExactly(second, third);
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static void assertHeard(JsonObject event, String id, String data) {
        assertThat(event.getString("id")).isEqualTo(id);
        assertThat(event.getString("data")).isEqualTo(data);
    }

    private static void assertHeard(InboundSseEvent event, String id, String data) {
        assertThat(event.getId()).isEqualTo(id);
        assertThat(event.getName()).isEqualTo("t");
        assertThat(event.readData()).isEqualTo(data);
    }
}
