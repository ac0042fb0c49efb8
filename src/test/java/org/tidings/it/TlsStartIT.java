package org.tidings.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.SseResponse;

/** When HTTP/2 is spoken and when not, and how a server ends that speaks it. */
@Timeout(60)
class TlsStartIT {
    private static KeyStoreFile keys;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
    }

    @Test
    void http2CanBeSwitchedOff() throws Exception {
        var settings = new HashMap<>(keys.settings());
        settings.put("tidings.http2", "off");
        try (var server = TidingsServer.start(settings)) {
            assertThat(publishedBy(client(), server.address())).isEqualTo(Version.HTTP_1_1);
        }
    }

    /** Java's client offers it with its first request. */
    @Test
    void withoutTlsAnOfferOfHttp2IsIgnored() throws Exception {
        try (var server = TidingsServer.start(Map.of("tidings.port", "0"))) {
            assertThat(publishedBy(HttpClient.newHttpClient(), server.address()))
                    .isEqualTo(Version.HTTP_1_1);
        }
    }

    @Test
    void withoutTlsWhoBeginsWithHttp2IsRefused() throws Exception {
        try (var server = TidingsServer.start(Map.of("tidings.port", "0"))) {
            String address = server.address().toString();
            Process curl = new ProcessBuilder("curl", "-s", "--http2-prior-knowledge", "-w", "%{http_version}", address)
                    .start();

            assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8)).doesNotStartWith("2");
            assertThat(curl.waitFor()).isNotZero();
        }
    }

    @Test
    void streamsOfHttp2EndInGoodOrderWhenTheServerStops() throws Exception {
        var server = TidingsServer.start(keys.settings());
        var request = HttpRequest.newBuilder(server.address().resolve("hub/events?topic=a"))
                .build();
        var response = client().send(request, BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        try (var stream = new SseResponse(response)) {
            assertThat(stream.next().type()).isEqualTo("$hello");

            server.close();

            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void aStreamOfHttp2ThatIsLeftIsNoticedByItsHeartbeatAndTheOthersGoOn() throws Exception {
        var settings = new HashMap<>(keys.settings());
        settings.put("tidings.heartbeat", "200ms");
        try (var server = TidingsServer.start(settings)) {
            EventHub hub = server.bean(EventHub.class);
            URI uri = server.address().resolve("hub/events?topic=quiet");
            List<SseResponse> streams = SseResponse.open(client(), uri, 2);
            for (SseResponse stream : streams) {
                assertThat(stream.version()).isEqualTo(Version.HTTP_2);
                assertThat(stream.next().type()).isEqualTo("$hello");
            }

            streams.get(0).close();

            await().untilAsserted(() -> assertThat(hub.statistics().closed(DisconnectReason.CLIENT_GONE))
                    .isEqualTo(1));
            hub.publish(Publication.of("quiet", "no longer")).join();
            assertThat(streams.get(1).next().data()).isEqualTo("no longer");
            streams.get(1).awaitComment();
            streams.get(1).close();
        }
    }

    private static HttpClient client() throws Exception {
        return HttpClient.newBuilder().sslContext(keys.trust()).build();
    }

    private static Version publishedBy(HttpClient client, URI address) throws Exception {
        var request = HttpRequest.newBuilder(address.resolve("hub/events?topic=a"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(201);
        return response.version();
    }
}
