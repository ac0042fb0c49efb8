package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tidings.testkit.HubClient.json;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.api.DisconnectReason;
import org.tidings.hub.EventHub;
import org.tidings.testkit.ReceivedEvent;

/** A server that is open to all, and keeps three events only. */
class ExposureIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(
            Map.of("tidings.publish", "anyone", "tidings.retention.events", "3", "tidings.heartbeat", "200ms"));

    @Test
    void aPageOfAnotherSiteMayPublishIfTheOperatorSaysSo() {
        var post = SERVER.request("hub/events?topic=anyone").header("Origin", "https://shop.example");

        assertThat(SERVER.send(post.POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPositionThatRetentionHasPassedIsToldByAGap() throws IOException {
        String first = SERVER.published("topic=expired", "0");
        for (int i = 1; i <= 5; i++) {
            SERVER.published("topic=expired", "" + i);
        }
        // Retention works every second.
        await().until(() -> json(SERVER.poll("topic=expired&after=" + first)).containsKey("gap"));

        try (var stream = SERVER.stream("topic=expired", "Last-Event-ID: " + first)) {
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
        try (var stream = SERVER.stream("topic=idle")) {
            stream.next();
            stream.awaitComment();

            assertThat(stream.text()).endsWith("\n\n: \n\n");
        }
    }

    @Test
    void clientsThatGoWithoutAWordAreFoundByTheHeartbeat() throws IOException {
        var hub = SERVER.server().bean(EventHub.class);
        for (int i = 0; i < 100; i++) {
            var stream = SERVER.stream("topic=gone");
            if (i % 2 == 0) {
                stream.next();
            }
            stream.close();
        }

        await().until(() -> hub.statistics().connections() == 0);
        assertThat(hub.statistics().closed(DisconnectReason.CLIENT_GONE)).isGreaterThanOrEqualTo(100);
    }
}
