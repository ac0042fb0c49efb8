package org.tidings.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;
import static org.tidings.testkit.Patience.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.CountingProxy;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.Patience;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseResponse;
import org.tidings.testkit.SseSocketClient;

/** The same server over TLS, by HTTP/1.1 and by HTTP/2. */
@Timeout(120)
class TlsIT {
    private static final String OWN_ORIGIN = "https://127.0.0.1:";

    private static SSLContext trust;
    private static TidingsServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        KeyStoreFile keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
        trust = keys.trust();
        var settings = new HashMap<>(keys.settings());
        settings.put("tidings.heartbeat", "30m"); // nothing is noticed because that fails
        server = TidingsServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void publishesReplaysStreamsAndIsPolled(Version version) throws Exception {
        HttpClient client = client(version);
        String topic = "topic=all/" + version;
        String first = published(client, topic, "1");
        published(client, topic, "2");

        HttpResponse<InputStream> response = client.send(
                request("hub/events?" + topic).header("Last-Event-ID", first).build(), BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(version);
        try (var stream = new SseResponse(response)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            assertThat(stream.next().data()).isEqualTo("2");
            published(client, topic, "3");
            assertThat(stream.next().data()).isEqualTo("3");
        }

        var page =
                send(client, request("hub/events?" + topic + "&after=" + first).header("Accept", "application/json"));
        assertThat(page.version()).isEqualTo(version);
        assertThat(json(page).getJsonArray("events")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksHttp2OverEachTls(String protocol) throws Exception {
        var only = new SSLParameters();
        only.setProtocols(new String[] {protocol});
        var client =
                HttpClient.newBuilder().sslContext(trust).sslParameters(only).build();

        var response = send(client, request("hub/health/live"));

        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
    }

    @Test
    void saysThatItSpeaksTls() {
        assertThat(server.address().toString()).matches("https://127\\.0\\.0\\.1:\\d+/");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void errorsAreProblems(Version version) throws Exception {
        var answer = send(client(version), request("hub/events?topic=a//b"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).getString("type")).endsWith(":topic-malformed");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void onlyItsOwnPagesMayPublish(Version version) throws Exception {
        HttpClient client = client(version);
        String port = Integer.toString(server.address().getPort());

        assertThat(publish(client, OWN_ORIGIN + port)).isEqualTo(201);
        assertThat(publish(client, "http://127.0.0.1:" + port)).isEqualTo(403);
        assertThat(publish(client, "https://shop.example")).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"http1.1, 1.1", "http2, 2"})
    void whatNamesAnotherHostMayNotPublish(String option, String version) throws Exception {
        assertThat(curl(List.of("--" + option, "-d", "x", "-H", "Host: shop.example"), "hub/events?topic=a"))
                .containsExactly(version + " 403 1");
    }

    /** The answer is the stream's end only, in HTTP/2: the second request needs no new connection. */
    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a|b", "hub/%", "hub/%00", "hub/events?topic=%zz", "hub/events?topic=a%"})
    void whatIsNoUriIsA400AndEndsNothingElse(String path) throws Exception {
        assertThat(curl(List.of("--http2"), path, "hub/health/live")).containsExactly("2 400 1", "2 200 0");
        assertThat(curl(List.of("--http1.1"), path)).containsExactly("1.1 400 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "x y", "u@localhost", "shop.example:x"})
    void aHostThatIsNoneIsA400(String host) throws Exception {
        assertThat(curl(List.of("--http2", "-H", "Host: " + host), "hub/health/live"))
                .containsExactly("2 400 1");
    }

    @Test
    void anAnswerThatComesBeforeTheBodyEndsNothingElse() throws Exception {
        String body = "x".repeat(100_000);

        assertThat(curl(List.of("--http2", "-d", body), "%zz", "hub/events?topic=behind"))
                .containsExactly("2 400 1", "2 201 0");
    }

    /** An offer that HTTP/1.1 lets a server ignore. Grizzly used to close the connection behind the answer. */
    @Test
    void anOfferToUpgradeIsIgnored() throws Exception {
        try (var socket = socket()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            String offer = "POST /hub/events?topic=offer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n"
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\nx";

            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(offer.getBytes(US_ASCII));
                assertThat(in.readLine()).startsWith("HTTP/1.1 201");
                skipAnswer(in);
            }
        }
    }

    /** Once HTTP/2 was spoken, Grizzly used to read the bodies of HTTP/1.1 where it serves all connections. */
    @Test
    void whoDoesNotSendWhatWasAnnouncedHoldsUpNobody() throws Exception {
        int moreThanThereAreSelectors = 2 * Runtime.getRuntime().availableProcessors() + 2;
        for (int i = 0; i < 2 * moreThanThereAreSelectors; i++) {
            send(client(Version.HTTP_2), request("hub/health/live"));
        }
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < moreThanThereAreSelectors; i++) {
                slow.add(socket());
                slow.get(i)
                        .getOutputStream()
                        .write("POST /hub/events?topic=slow HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\n"
                                .getBytes(US_ASCII));
            }
            for (int i = 0; i < 2 * moreThanThereAreSelectors; i++) {
                var other = request("hub/health/live").timeout(Patience.LIMIT);
                assertThat(send(client(Version.HTTP_1_1), other).statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void threeHundredStreamsOfOneConnectionHearEveryEvent() throws Exception {
        try (var proxy = new CountingProxy(server.address().getPort())) {
            HttpClient client = client(Version.HTTP_2);
            URI uri = URI.create(OWN_ORIGIN + proxy.port() + "/hub/events?topic=many");
            List<SseResponse> streams = SseResponse.open(client, uri, 300);
            for (SseResponse stream : streams) {
                assertThat(stream.next().type()).isEqualTo("$hello");
            }

            for (int i = 0; i < 20; i++) {
                published(client(Version.HTTP_2), "topic=many", "" + i);
            }

            for (SseResponse stream : streams) {
                for (int i = 0; i < 20; i++) {
                    assertThat(stream.next().data()).isEqualTo("" + i);
                }
            }
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    /** More than a connection may have at once: those that were left do not count. */
    @Test
    void streamsThatWereLeftMakeRoomForOthers() throws Exception {
        try (var proxy = new CountingProxy(server.address().getPort())) {
            HttpClient client = client(Version.HTTP_2);
            URI uri = URI.create(OWN_ORIGIN + proxy.port() + "/hub/events?topic=left");
            for (int i = 0; i < 1100; i++) {
                try (var stream = SseResponse.open(client, uri)) {
                    assertThat(stream.next().type()).isEqualTo("$hello");
                }
            }

            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatIsResetIsNoticedWhenItIsWrittenToAndTheOthersGoOn() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        URI uri = server.address().resolve("hub/events?topic=reset");
        List<SseResponse> streams = SseResponse.open(client, uri, 2);
        String left = connection(streams.get(0).next());
        streams.get(1).next();

        streams.get(0).close();
        await().until(() -> {
            published(client, "topic=reset", "is anybody there?");
            return !isOpen(left);
        });

        assertThat(streams.get(1).next().data()).isEqualTo("is anybody there?");
        streams.get(1).close();
    }

    @Test
    void theEndOfAConnectionIsNoticedAtOnce() throws Exception {
        Process curl =
                new ProcessBuilder("curl", "-skN", "--http2", server.address() + "hub/events?topic=killed").start();
        try (BufferedReader lines = curl.inputReader()) {
            String hello = lines.lines()
                    .filter(line -> line.startsWith("data: "))
                    .findFirst()
                    .orElseThrow();
            String connection = json(hello.substring("data: ".length())).getString("connection");
            assertThat(isOpen(connection)).isTrue();

            curl.destroyForcibly();

            await().until(() -> !isOpen(connection));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientOfHttp1ThatClosesIsNoticedAtOnce(String protocol) throws Exception {
        assertNoticed(protocol, SseSocketClient::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientOfHttp1ThatClosesItsHalfHasGone(String protocol) throws Exception {
        assertNoticed(protocol, SseSocketClient::closeHalf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientOfHttp1ThatSpeaksOnTheOpenStreamIsCut(String protocol) throws Exception {
        assertNoticed(protocol, stream -> stream.send("x"));
    }

    private static void assertNoticed(String protocol, Deed deed) throws IOException {
        var socket = (SSLSocket) trust.getSocketFactory().createSocket();
        socket.setEnabledProtocols(new String[] {protocol});
        try (var stream = SseSocketClient.openOver(socket, server.address().resolve("hub/events?topic=noticed"))) {
            String connection = connection(stream.next());
            assertThat(isOpen(connection)).isTrue();

            deed.of(stream);

            await().until(() -> !isOpen(connection));
        }
    }

    private static String connection(ReceivedEvent hello) {
        return json(hello.data()).getString("connection");
    }

    /** Asks for a change to its topics that is none. */
    private static boolean isOpen(String connection) {
        var change = server.bean(EventHub.class).change(connection, Set.of(), Set.of());
        return change.handle((topics, gone) -> gone == null).join();
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    private static Socket socket() throws IOException {
        return trust.getSocketFactory()
                .createSocket(server.address().getHost(), server.address().getPort());
    }

    private static HttpRequest.Builder request(String relative) {
        return HttpRequest.newBuilder(server.address().resolve(relative));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String published(HttpClient client, String query, String data) throws Exception {
        return json(send(client, request("hub/events?" + query).POST(BodyPublishers.ofString(data))))
                .getString("id");
    }

    private static int publish(HttpClient client, String origin) throws Exception {
        return send(
                        client,
                        request("hub/events?topic=origin")
                                .header("Origin", origin)
                                .POST(BodyPublishers.ofString("x")))
                .statusCode();
    }

    /** Asks for these paths, one after the other: the version, the status and the new connections of each. */
    private static List<String> curl(List<String> options, String... paths) throws Exception {
        var command = new ArrayList<>(List.of("curl", "-sk", "--path-as-is"));
        command.addAll(List.of("-w", "\n>%{http_version} %{http_code} %{num_connects}\n"));
        command.addAll(options);
        for (String path : paths) {
            command.add(server.address() + path);
        }
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(">"))
                .map(line -> line.substring(1))
                .toList();
    }

    private static void skipAnswer(BufferedReader in) throws IOException {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        assertThat(in.skip(length)).isEqualTo(length);
    }

    /** What a client does while its stream is open. */
    private interface Deed {
        void of(SseSocketClient stream) throws IOException;
    }
}
