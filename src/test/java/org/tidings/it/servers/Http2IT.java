package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.JakartaServer;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.CountingProxy;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.SseResponse;
import org.tidings.testkit.TrustAll;

/** Streams of one browser, in the one connection that it opens for HTTP/2. The embedded server's are in TlsIT. */
@Timeout(240)
@ExtendWith(ArquillianExtension.class)
class Http2IT {
    private static final int STREAMS = 200;
    private static final int LEFT = 50;
    private static final int EVENTS = 20;

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @ArquillianResource
    private JakartaServer server;

    private final List<String> published = new ArrayList<>();

    @Test
    void eachStreamOfAConnectionHearsEveryEventAndThoseThatAreLeftEndAlone() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .version(Version.HTTP_2)
                .sslContext(TrustAll.context())
                .build();
        try (var proxy = new CountingProxy(server.securePort())) {
            URI uri = URI.create(
                    "https://127.0.0.1:" + proxy.port() + hub.uri("hub/events").getPath() + "?topic=http2");
            List<SseResponse> streams = SseResponse.open(browser, uri, STREAMS);
            for (SseResponse stream : streams) {
                assertThat(stream.version()).isEqualTo(Version.HTTP_2);
                assertThat(stream.next().type()).isEqualTo("$hello");
            }
            for (int i = 0; i < EVENTS; i++) {
                publish("event " + i);
            }
            assertAllHear(streams);
            long gone = hub.closed("client-gone");

            for (SseResponse stream : streams.subList(0, LEFT)) {
                stream.close();
            }
            await().until(() -> {
                publish("is anybody there?"); // and not the next heartbeat awaited
                return hub.metric("tidings_connections") == STREAMS - LEFT;
            });
            publish("to those who stayed");

            assertThat(hub.closed("client-gone") - gone).isEqualTo(LEFT);
            assertAllHear(streams.subList(LEFT, STREAMS));
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    private void publish(String data) {
        hub.published("topic=http2", data);
        published.add(data);
    }

    /** What was published since they were asked last, in order and once. */
    private void assertAllHear(List<SseResponse> streams) throws IOException {
        for (SseResponse stream : streams) {
            for (String data : published) {
                assertThat(stream.next().data()).isEqualTo(data);
            }
        }
        published.clear();
    }
}
