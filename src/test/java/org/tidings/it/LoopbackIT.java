package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.testkit.SseSocketClient;

/**
 * Who may publish while the server listens on loopback. The embedded server only: an application in another one cannot
 * know where that listens.
 */
class LoopbackIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost:1", "null"})
    void aPageOfAnotherSiteCannotPublishThroughTheBrowser(String origin) {
        var post = SERVER.request("hub/events?topic=foreign").header("Origin", origin);
        var delete = SERVER.request("hub/topics/foreign").header("Origin", origin);

        var refused = SERVER.send(post.POST(BodyPublishers.ofString("x")));

        expectForbidden(refused);
        assertThat(json(refused).getString("detail")).contains("tidings.publish=anyone");
        expectForbidden(SERVER.send(delete.DELETE()));
        assertThat(SERVER.poll("topic=foreign&after=earliest").body()).contains("\"events\":[]");
    }

    @Test
    void whatAProxyOnThisMachinePassesOnCannotPublish() {
        var post = SERVER.request("hub/events?topic=proxied").header("X-Forwarded-For", "192.0.2.1");
        var delete = SERVER.request("hub/topics/proxied").header("X-Forwarded-For", "192.0.2.1");

        expectForbidden(SERVER.send(post.POST(BodyPublishers.ofString("x"))));
        expectForbidden(SERVER.send(delete.DELETE()));
    }

    /**
     * DNS rebinding: the page's own host name resolves to 127.0.0.1 now, so that the browser thinks it is same-origin.
     */
    @Test
    void aNameThatIsNotOursCannotPublish() throws IOException {
        var uri = SERVER.uri("hub/events?topic=rebound");

        try (var answer = SseSocketClient.post(uri, "Host: evil.example:8080", "Origin: http://evil.example:8080")) {
            assertThat(answer.status()).isEqualTo(403);
        }
        try (var answer = SseSocketClient.post(uri)) {
            assertThat(answer.status()).isEqualTo(201);
        }
    }

    @Test
    void theServersOwnPageCan() {
        String origin = SERVER.uri("/").toString().replaceAll("/$", "");
        var post = SERVER.request("hub/events?topic=own").header("Origin", origin);

        assertThat(SERVER.send(post.POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(201);
    }

    private static void expectForbidden(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).getString("type")).isEqualTo("urn:tidings:problem:publishing-forbidden");
    }
}
