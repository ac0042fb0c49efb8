package org.tidings.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** What clients see when the server behind a proxy is away, and when the proxy is set up wrongly. */
@Timeout(120)
class ProxyTroubleIT {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private KeyStoreFile keys;

    @BeforeEach
    void makeCertificate() throws Exception {
        keys = KeyStoreFile.create(folder.resolve("proxy.p12"));
    }

    @ParameterizedTest
    @CsvSource({"NGINX, 502", "HAPROXY, 503"})
    void aServerThatIsAwayIsMissedUntilItIsBack(Proxy.Kind kind, int status) throws Exception {
        TidingsServer server = start("0");
        String port = Integer.toString(server.address().getPort());
        try (Proxy proxy = Proxy.start(kind, folder, keys, server.address().getPort(), Map.of());
                var before = SseSocketClient.open(proxy.http("hub/events?topic=a"))) {
            assertThat(before.next().type()).isEqualTo("$hello");

            server.close();

            assertThat(before.rest()).isEmpty();
            assertThat(poll(proxy).statusCode()).isEqualTo(status);
            assertThatAnEventSourceWouldComeBack(proxy.http("hub/events?topic=a"));

            server = start(port);
            await().until(() -> poll(proxy).statusCode() == 200);
            // A Jakarta EE server that has not deployed its application yet answers so.
            assertThatAnEventSourceWouldComeBack(proxy.http("tidings/hub/events?topic=a"));
            publish(server, "a", "missed");
            try (var after =
                    SseSocketClient.open(proxy.http("hub/events?topic=a"), "Last-Event-ID: " + before.lastEventId())) {
                assertThat(after.next().type()).isEqualTo("$hello");
                assertThat(after.next().data()).isEqualTo("missed");
            }
        } finally {
            server.close();
        }
    }

    /** An EventSource gives up for good on any answer that is no stream, 502 and 503 among them. */
    private static void assertThatAnEventSourceWouldComeBack(URI uri) throws IOException {
        try (var meanwhile = SseSocketClient.open(uri, "Accept: text/event-stream")) {
            assertThat(meanwhile.status()).isEqualTo(200);
            assertThat(meanwhile.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(meanwhile.content()).isEqualTo(": Tidings is away\n\n");
        }
    }

    /** docs/protocol.md, "Control events": who hears no $hello polls. */
    @Test
    void aProxyThatCollectsKeepsHelloBackAndLetsAPollThrough() throws Exception {
        // By HTTP/1.1, nginx hands on what it has, buffering or not. Its own version is 1.0.
        var wrong = Map.of(
                "proxy_http_version 1.1;", "",
                "proxy_buffering off;", "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;");
        try (TidingsServer server = start("0");
                Proxy proxy = Proxy.start(
                        Proxy.Kind.NGINX, folder, keys, server.address().getPort(), wrong);
                var direct = SseSocketClient.open(server.address().resolve("hub/events?topic=a"));
                var proxied = new Socket(
                        InetAddress.getLoopbackAddress(), proxy.http("").getPort())) {
            proxied.getOutputStream().write("GET /hub/events?topic=a HTTP/1.0\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            EventHub hub = server.bean(EventHub.class);
            await().until(() -> hub.statistics().connections() == 2);
            IntStream.range(0, 5).forEach(i -> publish(server, "a", "" + i));
            assertThat(direct.next().type()).isEqualTo("$hello");
            assertThat(direct.next(5)).extracting(ReceivedEvent::data).containsExactly("0", "1", "2", "3", "4");
            assertThat(poll(proxy).body()).contains("\"data\":\"4\"");

            InputStream in = proxied.getInputStream();
            assertThat(new String(in.readNBytes(in.available()), UTF_8)).doesNotContain("$hello");

            hub.end(new TopicName("a")).join();
            assertThat(new String(in.readAllBytes(), UTF_8)).contains("event: $hello", "data: 4\n", "event: $end");
        }
    }

    private static void publish(TidingsServer server, String topic, String data) {
        server.bean(EventHub.class).publish(Publication.of(topic, data)).join();
    }

    private HttpResponse<String> poll(Proxy proxy) throws IOException, InterruptedException {
        var poll = HttpRequest.newBuilder(proxy.http("hub/events?topic=a&after=earliest"))
                .header("Accept", "application/json");
        return client.send(poll.build(), BodyHandlers.ofString());
    }

    private TidingsServer start(String port) {
        return TidingsServer.start(Map.of(
                "tidings.port",
                port,
                "tidings.log.engine",
                "sqlite",
                "tidings.log.directory",
                folder.resolve("log").toString()));
    }
}
