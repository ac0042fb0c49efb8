package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.io.OutputBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.Patience;

/** The embedded server: its files, and what it does with requests that are none. */
@Timeout(60)
class ServerIT {
    /** Threads that read from all connections. */
    private static final int SELECTORS = Runtime.getRuntime().availableProcessors() + 1;

    private static TidingsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        server = TidingsServer.start(Map.of(
                "tidings.port", "0", "tidings.log.engine", "sqlite", "tidings.log.directory", folder.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html;charset=UTF-8",
        "index.html, text/html;charset=UTF-8",
        "demo.js, text/javascript;charset=UTF-8",
        "tidings.js, text/javascript;charset=UTF-8",
        "tidings.d.ts, text/plain;charset=UTF-8",
        "demo.css, text/css;charset=UTF-8",
        "favicon.svg, image/svg+xml",
        "console.html, text/html;charset=UTF-8",
        "console/main.js, text/javascript;charset=UTF-8",
        "vendor/uplot/uPlot.esm.js, text/javascript;charset=UTF-8",
        "vendor/uplot/uPlot.min.css, text/css;charset=UTF-8",
    })
    void filesHaveTheirTypes(String path, String type) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    /** Otherwise people look at yesterday's page after an update. */
    @Test
    void aFileIsAskedForEachTimeAndSentOnlyWhenItChanged() throws Exception {
        var first = get("index.html");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        var same = get("index.html", "If-None-Match", tag);
        var other = get("index.html", "If-None-Match", "\"another\"");

        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(other.body()).isEqualTo(first.body());
    }

    @Test
    void headHasTheHeadersOnly() throws Exception {
        var head = client.send(
                HttpRequest.newBuilder(server.address())
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(head.headers().firstValue("Content-Length"))
                .contains(Integer.toString(get("").body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void filesCannotBeWritten() throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(server.address())
                        .POST(BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/index.html/",
                "/WEB-INF/beans.xml",
                "/web-inf/beans.xml",
                "/x/../WEB-INF/beans.xml",
                "/%57EB-INF/beans.xml",
                "/.hidden",
                "/hub",
            })
    void whatIsNoFileIsNotFound(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../pom.xml HTTP/1.1\r\nHost: localhost\r\n",
                "GET /..%2fpom.xml HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%2e%2e/pom.xml HTTP/1.1\r\nHost: localhost\r\n",
                "GET /..\\pom.xml HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\n",
                "GET /hub/events/%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /hub/a|b HTTP/1.1\r\nHost: localhost\r\n",
                "GET /hub/events?topic=a HTTP/1.1\r\nHost: a b\r\n",
                "GET /hub/events?topic=a HTTP/1.1\r\nHost: a/b\r\n",
            })
    void whatIsNoUriIsTheClientsFault(String head) throws Exception {
        assertThat(raw(head)).startsWith("HTTP/1.1 400 ");
    }

    /** A topic in a path is one segment for most clients: they encode its slashes. */
    @Test
    void encodedSlashesReachTheResource() throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(server.address().resolve("hub/topics/orders%2F42"))
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("orders/42");
    }

    @Test
    void aRequestForAHundredTopicsFits() throws Exception {
        String query = ("topic=" + "a".repeat(300) + "&").repeat(100);

        assertThat(get("hub/events?" + query, "Accept", "application/json").statusCode())
                .isEqualTo(200);
    }

    /** A client that asked for the metrics and read nothing held up the server's health, and all who polled. */
    @Test
    void whoReadsNoAnswerHoldsUpNobody() throws Exception {
        try (var slow = new Socket()) {
            slow.setReceiveBufferSize(4 * 1024);
            slow.connect(new InetSocketAddress(
                    server.address().getHost(), server.address().getPort()));
            // More than the kernel takes for it.
            slow.getOutputStream()
                    .write("GET /hub/metrics HTTP/1.1\r\nHost: a\r\n\r\n"
                            .repeat(2_000)
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> waitingToWrite() > 0);

            assertThat(get("hub/health/live").statusCode()).isEqualTo(200);
            assertThat(get("hub/events?topic=a", "Accept", "application/json").statusCode())
                    .isEqualTo(200);
            await().until(() -> waitingToWrite() > 0); // still; an acknowledgement may have woken it
        }
    }

    /** What is answered without Jersey is answered by who reads from all connections: that stood still for 30 s. */
    @Test
    void whoReadsNoShortAnswerHoldsUpNobody() throws Exception {
        String request = "POST /hub/events?topic=a HTTP/1.1\r\nHost: elsewhere.example\r\nContent-Length: 0\r\n\r\n";
        byte[] requests = request.repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        List<Socket> slow = sockets(SELECTORS);
        try {
            for (Socket socket : slow) {
                var writer = new Thread(() -> write(socket, requests));
                writer.setDaemon(true);
                writer.start();
            }
            await().until(() -> waitingToWrite() >= SELECTORS);

            assertThat(get("hub/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Of such a length only the lower half was looked at: the body, which has none then, was read at once. */
    @Test
    void whoAnnouncesMoreThanFourGigabytesHoldsUpNobody() throws Exception {
        String head = "POST /hub/events?topic=a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4294967296\r\n\r\n";
        List<Socket> slow = sockets(SELECTORS);
        try {
            for (Socket socket : slow) {
                write(socket, head.getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(get("hub/health/live").statusCode()).isEqualTo(200);
            var answer =
                    new BufferedReader(new InputStreamReader(slow.get(0).getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413 ");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Connections that are not going to read. */
    private static List<Socket> sockets(int count) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4 * 1024);
            socket.connect(new InetSocketAddress(
                    server.address().getHost(), server.address().getPort()));
        }
        return sockets;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The server takes no more, until the test closes it.
        }
    }

    /** Whoever reaches the server may ask. */
    @ParameterizedTest
    @ValueSource(strings = {"hub/health/ready", "hub/metrics"})
    void whatOperatorsAskNamesNoPaths(String path) throws Exception {
        assertThat(get(path).body())
                .isNotEmpty()
                .doesNotContain(folder.toString())
                .doesNotContainPattern("(?<!\\w)/\\w");
    }

    private static long waitingToWrite() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(OutputBuffer.class.getName())))
                .count();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.address().resolve("/" + path)).timeout(Patience.LIMIT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** What no client library would send. */
    private static String raw(String head) throws IOException {
        try (var socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
