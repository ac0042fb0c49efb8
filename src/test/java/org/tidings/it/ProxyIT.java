package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.CountingProxy;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.SseResponse;

/** server-config/nginx and server-config/haproxy: streams through Debian's nginx and HAProxy. */
@Timeout(180)
@TestMethodOrder(OrderAnnotation.class)
class ProxyIT {
    /** At the default heartbeat of 15 s: two minutes. */
    private static final int IDLE_HEARTBEATS = 8;

    private static final Map<Proxy.Kind, Proxy> PROXIES = new EnumMap<>(Proxy.Kind.class);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static SSLContext trust;
    private static TidingsServer server;
    private static List<CompletableFuture<Long>> idle;

    /** A way through a proxy: HTTP/1.1 without TLS, or HTTP/2 within. */
    record Way(Proxy.Kind kind, Version version) {
        URI uri(String relative) {
            Proxy proxy = PROXIES.get(kind);
            return version == Version.HTTP_2 ? proxy.https(relative) : proxy.http(relative);
        }

        SseResponse open(String query, String... headers) throws Exception {
            var request = HttpRequest.newBuilder(uri("hub/events?" + query));
            if (headers.length > 0) {
                request.headers(headers);
            }
            var response = client(version).send(request.build(), BodyHandlers.ofInputStream());
            assertThat(response.version()).isEqualTo(version);
            return new SseResponse(response);
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Proxy.Kind.values())
                .flatMap(kind -> Stream.of(Version.values()).map(version -> new Way(kind, version)));
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        KeyStoreFile keys = KeyStoreFile.create(folder.resolve("proxy.p12"));
        trust = keys.trust();
        server = TidingsServer.start(Map.of("tidings.port", "0"));
        for (Proxy.Kind kind : Proxy.Kind.values()) {
            PROXIES.put(kind, Proxy.start(kind, folder, keys, server.address().getPort(), Map.of()));
        }
        idle = ways().map(ProxyIT::countHeartbeats).toList();
    }

    @AfterAll
    static void stop() {
        PROXIES.values().forEach(Proxy::close);
        server.close();
        THREADS.shutdown();
    }

    /** A proxy that collects would keep the first event for itself. */
    @ParameterizedTest
    @MethodSource("ways")
    void eachEventArrivesBeforeTheNextIsPublished(Way way) throws Exception {
        String topic = "live/" + way.kind() + way.version();
        try (var stream = way.open("topic=" + topic)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            for (int i = 0; i < 10; i++) {
                published(topic, "" + i);
                assertThat(stream.next().data()).isEqualTo("" + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aClientThatComesBackGetsWhatItMissed(Way way) throws Exception {
        String topic = "back/" + way.kind() + way.version();
        String first = published(topic, "1");
        published(topic, "2");

        try (var stream = way.open("topic=" + topic, "Last-Event-ID", first)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aHundredTopicsFitIntoARequest(Way way) throws Exception {
        String query = IntStream.range(0, 100)
                .mapToObj(i -> "topic=" + "a".repeat(300) + i)
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();

        try (var stream = way.open(query)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void twoHundredStreamsOfABrowserAreOneConnection(Proxy.Kind kind) throws Exception {
        String topic = "many/" + kind;
        try (var counter = new CountingProxy(PROXIES.get(kind).https("").getPort())) {
            HttpClient browser = client(Version.HTTP_2);
            URI uri = URI.create("https://127.0.0.1:" + counter.port() + "/hub/events?topic=" + topic);
            List<SseResponse> streams = SseResponse.open(browser, uri, 200);
            for (SseResponse stream : streams) {
                assertThat(stream.next().type()).isEqualTo("$hello");
            }

            published(topic, "to all");

            for (SseResponse stream : streams) {
                assertThat(stream.next().data()).isEqualTo("to all");
                stream.close();
            }
            assertThat(counter.connections()).isEqualTo(1);
        }
    }

    /** At the latest when two heartbeats could not be written. */
    @ParameterizedTest
    @MethodSource("ways")
    void thatAClientHasGoneIsPassedOn(Way way) throws Exception {
        var hub = server.bean(EventHub.class).statistics();
        var streams = new ArrayList<SseResponse>();
        for (int i = 0; i < 10; i++) {
            streams.add(way.open("topic=gone"));
            assertThat(streams.get(i).next().type()).isEqualTo("$hello");
        }
        for (SseResponse stream : streams) {
            stream.close();
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> hub.connections() == idle.size());
    }

    /** They were opened before all other tests, and nothing was published to them. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aStreamThatIsIdleForTwoMinutesLives() {
        assertThat(idle).allSatisfy(stream -> assertThat(stream.join()).isEqualTo(IDLE_HEARTBEATS));
    }

    private static CompletableFuture<Long> countHeartbeats(Way way) {
        var request = HttpRequest.newBuilder(way.uri("hub/events?topic=idle")).build();
        return client(way.version())
                .sendAsync(request, BodyHandlers.ofLines())
                .thenApplyAsync(
                        response -> response.body()
                                .filter(": "::equals)
                                .limit(IDLE_HEARTBEATS)
                                .count(),
                        THREADS);
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    /** Gives the id. */
    private static String published(String topic, String data) {
        return server.bean(EventHub.class)
                .publish(Publication.of(topic, data))
                .join()
                .id()
                .toString();
    }
}
