package org.tidings.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.Patience;

/** Requests of one connection that are sent without waiting for answers (RFC 9112, 9.3.2). */
@Timeout(60)
class PipelineIT {
    private static final int REQUESTS = 500;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+) ");

    @TempDir
    private Path folder;

    /** The first answer was written over the next requests, which were read as another, or published with its text. */
    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void eachPublicationIsWhatWasSent(String engine) throws IOException {
        try (var server = start(engine)) {
            var requests = new StringBuilder();
            var sent = new ArrayList<String>();
            for (int i = 0; i < REQUESTS; i++) {
                String data = "data-" + i + "-" + "x".repeat(i % 100);
                sent.add(data);
                requests.append("POST /hub/events?topic=all HTTP/1.1\r\nHost: localhost\r\nContent-Length: ")
                        .append(data.length())
                        .append("\r\n\r\n")
                        .append(data);
            }

            assertThat(statuses(server, requests.toString()))
                    .hasSize(REQUESTS + 1)
                    .containsOnly("201", "200");

            try (var stream = HubClient.of(server.address()).stream("topic=all&after=earliest")) {
                stream.next();
                for (String data : sent) {
                    assertThat(stream.next().data()).isEqualTo(data);
                }
            }
        }
    }

    /** Each began within the answer to the one before, until the stack was full. */
    @ParameterizedTest
    @CsvSource({"/hub/health/live, 200", "/hub/events?topic=a&limit=1, 200", "/hub/nothing, 404", "/index.html, 200"})
    void eachRequestHasItsAnswer(String path, String status) throws IOException {
        try (var server = start("memory")) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/html\r\n\r\n";

            List<String> statuses = statuses(server, request.repeat(REQUESTS));

            assertThat(statuses).hasSize(REQUESTS + 1);
            assertThat(statuses.subList(0, REQUESTS)).containsOnly(status);
        }
    }

    private TidingsServer start(String engine) {
        return TidingsServer.start(
                Map.of("tidings.port", "0", "tidings.log.engine", engine, "tidings.log.directory", folder.toString()));
    }

    /** With one more request behind them, upon which the server closes. */
    private static List<String> statuses(TidingsServer server, String requests) throws IOException {
        URI address = server.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            String last = "GET /hub/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            var writer = new Thread(() -> write(socket, (requests + last).getBytes(US_ASCII)));
            writer.start();
            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return STATUS.matcher(answers)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The answers will tell.
        }
    }
}
