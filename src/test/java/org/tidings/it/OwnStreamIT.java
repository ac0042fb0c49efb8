package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** An application's own resource that hands its stream over, and publishes by the injected hub. */
@ExtendWith(ArquillianExtension.class)
class OwnStreamIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(Map.of(), OwnStreamApplication.class, OwnStreamResource.class);
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void theStreamIsTheHubs() throws IOException {
        try (var stream = open("topic=own/*")) {
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.next().type()).isEqualTo("$hello");

            String id = post("publish?topic=own/1&type=t", "data").body();

            assertThat(stream.next()).isEqualTo(new ReceivedEvent(id, "t", "data"));
        }
    }

    /** Such a sink cannot be taken over: it has the portable transport, on servers too that have a better one. */
    @Test
    void aSinkThatWasSentToBeforeLosesNothing() throws IOException {
        try (var stream = SseSocketClient.open(hub.uri("own/greeted?topic=greeted"))) {
            assertThat(stream.next().data()).isEqualTo("welcome");
            assertThat(stream.next().type()).isEqualTo("$hello");
            for (String text : List.of(" leading", "a\n\nb\n", "data: x\n\nevent: forged")) {
                String id = post("publish?topic=greeted&type=t", text).body();

                assertThat(stream.next()).isEqualTo(new ReceivedEvent(id, "t", text));
            }
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() throws IOException {
        String last = post("publish?topic=missed&type=t", "1").body();
        post("publish?topic=missed&type=t", "2");

        try (var stream = open("topic=missed", "Last-Event-ID: " + last)) {
            stream.next();
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    @Test
    void aClientWithNothingLeftToHearIsToldNotToComeBack() throws IOException {
        String last = post("end?topic=over/own", "").body();

        try (var stream = open("topic=over/own", "Last-Event-ID: " + last)) {
            assertThat(stream.status()).isEqualTo(204);
        }
    }

    @Test
    void whatTheHubRejectsIsAProblemHereToo() throws IOException {
        assertThat(post("publish?topic=a//b&type=t", "x").statusCode()).isEqualTo(400);
        assertThat(post("publish?topic=%24a&type=t", "x").body()).contains("urn:tidings:problem:topic-reserved");
        try (var stream = open("topic=a//b")) {
            assertThat(stream.status()).isEqualTo(400);
            assertThat(stream.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    private SseSocketClient open(String query, String... headers) throws IOException {
        return SseSocketClient.open(hub.uri("own/stream?" + query), headers);
    }

    private HttpResponse<String> post(String path, String data) {
        return hub.send(hub.request("own/" + path).POST(BodyPublishers.ofString(data)));
    }
}
