package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.SseSocketClient;

/** What a proxy before the server lets pass: listening, and nothing that is for those inside. */
@Timeout(60)
class ProxyRightsIT {
    /** In our files, whoever may watch and publish through the proxy; an address that nobody has. */
    private static final String INSIDE = "192.0.2.10";

    private static final String TOPIC = "hub/topics/a";
    private static final String EVENTS = "hub/events?topic=a";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void nobodyPublishesOrWatches(Proxy.Kind kind) throws Exception {
        try (TidingsServer server = TidingsServer.start(Map.of("tidings.port", "0", "tidings.publish", "anyone"));
                Proxy proxy = proxy(kind, server, Map.of())) {
            assertRefused(ask(proxy, "POST", EVENTS));
            assertRefused(ask(proxy, "DELETE", TOPIC));
            assertRefused(ask(proxy, "GET", "hub/metrics"));
            assertRefused(ask(proxy, "GET", "hub/health/ready"));
            assertRefused(ask(proxy, "POST", "tidings/" + EVENTS));
            assertRefused(ask(proxy, "GET", "tidings/hub/metrics"));

            assertThat(ask(proxy, "GET", "").body()).startsWith("<!doctype html>");
            assertThat(ask(proxy, "GET", EVENTS + "&after=earliest").body()).contains("\"events\":[]");
            assertThat(ask(proxy, "PATCH", "hub/connections/x").body()).contains("connection-unknown");
        }
    }

    /** Servers take these for the same, or some do. */
    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void noOtherSpellingOfThePathGetsThrough(Proxy.Kind kind) throws Exception {
        try (TidingsServer server = TidingsServer.start(Map.of("tidings.port", "0", "tidings.publish", "anyone"));
                Proxy proxy = proxy(kind, server, Map.of())) {
            for (String path : List.of(
                    "//hub/events",
                    "/hub//events",
                    "/./hub/events",
                    "/x/../hub/events",
                    "/%68ub/events",
                    "/hub%2Fevents",
                    "/hub/%65vents",
                    "/hub;x/events",
                    "/hub/events;x",
                    "/hub/;x/events",
                    "/tidings;x/hub/events",
                    "http://127.0.0.1/hub/events")) {
                String post = "POST " + path + "?topic=a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx";
                try (var answer = SseSocketClient.over(proxy.http(""), post)) {
                    assertThat(answer.status()).as(path).isIn(400, 403);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void whoIsInsidePublishesAndWatches(Proxy.Kind kind) throws Exception {
        try (TidingsServer server = TidingsServer.start(Map.of("tidings.port", "0", "tidings.publish", "anyone"));
                Proxy proxy = proxy(kind, server, Map.of(INSIDE, "127.0.0.1"))) {
            assertThat(ask(proxy, "POST", EVENTS).statusCode()).isEqualTo(201);
            assertThat(ask(proxy, "DELETE", TOPIC).statusCode()).isEqualTo(200);
            assertThat(ask(proxy, "GET", "hub/health/live").body()).contains("UP");
        }
    }

    /** The server is asked from loopback then, and by a name that is loopback's, if the proxy's client likes. */
    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void aProxyOnTheSameMachineMakesNobodyLocal(Proxy.Kind kind) throws Exception {
        try (TidingsServer server = TidingsServer.start(Map.of("tidings.port", "0"));
                Proxy proxy = proxy(kind, server, Map.of(INSIDE, "127.0.0.1"))) {
            assertThat(ask(proxy, "POST", EVENTS).body()).contains("publishing-forbidden");
            assertThat(ask(proxy, "DELETE", TOPIC).body()).contains("publishing-forbidden");
            assertThat(ask(proxy, "POST", "demo/sign-in").body()).contains("publishing-forbidden");
        }
    }

    private Proxy proxy(Proxy.Kind kind, TidingsServer server, Map<String, String> edits) throws Exception {
        var keys = KeyStoreFile.create(folder.resolve("proxy.p12"));
        return Proxy.start(kind, folder, keys, server.address().getPort(), edits);
    }

    /** By the proxy: an answer of Tidings would be a problem. */
    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
    }

    private HttpResponse<String> ask(Proxy proxy, String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(proxy.http(path))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.startsWith("P") ? "{\"add\": [\"b\"]}" : ""));
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
