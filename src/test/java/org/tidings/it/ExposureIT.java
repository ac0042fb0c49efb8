package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
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

/** A server that is open to all, and keeps three events only. */
@ExtendWith(ArquillianExtension.class)
class ExposureIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(
                Map.of("tidings.publish", "anyone", "tidings.retention.events", "3", "tidings.heartbeat", "200ms"));
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void aPageOfAnotherSiteMayPublishIfTheOperatorSaysSo() {
        var post = hub.request("hub/events?topic=anyone").header("Origin", "https://shop.example");

        assertThat(hub.send(post.POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(201);
    }

    /** Who may publish is one thing, who sees everybody's connections is another. */
    @Test
    void thatAnyoneMayPublishMakesNobodyAnOperator() throws IOException {
        try (var stream = hub.stream("topic=$hub/connections", "X-Forwarded-For: 192.0.2.1")) {
            assertThat(stream.status()).isEqualTo(403);
        }
    }

    @Test
    void aPositionThatRetentionHasPassedIsToldByAGap() throws IOException {
        String first = hub.published("topic=expired", "0");
        for (int i = 1; i <= 5; i++) {
            hub.published("topic=expired", "" + i);
        }
        // Retention works every second.
        await().until(() -> json(hub.poll("topic=expired&after=" + first)).containsKey("gap"));

        try (var stream = hub.stream("topic=expired", "Last-Event-ID: " + first)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            ReceivedEvent gap = stream.next();
            assertThat(gap.type()).isEqualTo("$gap");
            assertThat(json(gap.data()).getString("reason")).isEqualTo("expired");
            assertThat(json(gap.data()).getString("asked")).isEqualTo(first);
            assertThat(stream.next(3)).extracting(ReceivedEvent::data).containsExactly("3", "4", "5");
        }
    }

    @Test
    void anIdleStreamHasAHeartbeatThatNoClientHears() throws IOException {
        try (var stream = hub.stream("topic=idle")) {
            stream.next();
            stream.awaitComment();

            assertThat(stream.text()).endsWith("\n\n: \n\n");
        }
    }
}
