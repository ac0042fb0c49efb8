package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HoldingProxy;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.SseSocketClient;

/** However a client goes, a few heartbeats later its stream has ended, with the reason. */
@Timeout(120)
@ExtendWith(ArquillianExtension.class)
class DisconnectIT {
    private static final int CLIENTS = 20;

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(Map.of("tidings.heartbeat", "500ms", "tidings.stall-limit", "2s", "tidings.lanes", "1"));
    }

    @ArquillianResource
    private HubClient hub;

    /**
     * A stream that begins when they have gone counts: one lane has them all, so its fifth heartbeat comes behind the
     * third of each of theirs, though those may be late by a tick.
     */
    @Test
    void clientsThatCloseTheirConnectionAreFoundWithinThreeHeartbeats() throws IOException {
        long gone = hub.closed("client-gone");
        for (SseSocketClient stream : streams()) {
            stream.close();
        }
        try (var other = hub.stream("topic=other")) {
            assertThat(other.next().type()).isEqualTo("$hello");
            for (int i = 0; i < 5; i++) {
                other.awaitComment();
            }
            assertThat(hub.closed("client-gone")).isEqualTo(gone + CLIENTS);
        }
        awaitEnds("client-gone", gone + CLIENTS + 1);
    }

    @Test
    void clientsThatResetTheirConnectionAreFound() throws IOException {
        long gone = hub.closed("client-gone");
        for (SseSocketClient stream : streams()) {
            stream.reset();
        }
        awaitEnds("client-gone", gone + CLIENTS);
    }

    @Test
    void clientsThatGoBeforeTheyHaveHeardAnythingAreFound() throws IOException {
        long opened = hub.metric("tidings_connections_opened_total");
        for (int i = 0; i < CLIENTS; i++) {
            hub.stream("topic=disconnect").close();
        }
        // They may have their answer's head before the hub has their streams.
        await().untilAsserted(() ->
                assertThat(hub.metric("tidings_connections_opened_total")).isEqualTo(opened + CLIENTS));
        await().untilAsserted(
                        () -> assertThat(hub.metric("tidings_connections")).isZero());
    }

    /** Heartbeats alone are so short that kernels take them for hours; it is found as soon as there is more to say. */
    @Test
    void clientBehindANetworkThatIsGoneIsCut() throws IOException {
        long stalled = hub.closed("stalled");
        try (var proxy = new HoldingProxy(hub.uri("hub/events?topic=disconnect"));
                var stream = SseSocketClient.open(proxy.uri())) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            proxy.hold();
            for (int i = 0; i < 8; i++) {
                hub.published("topic=disconnect", "-".repeat(128 * 1024));
            }
            awaitEnds("stalled", stalled + 1);
        }
    }

    private List<SseSocketClient> streams() throws IOException {
        var streams = new ArrayList<SseSocketClient>();
        for (int i = 0; i < CLIENTS; i++) {
            var stream = hub.stream("topic=disconnect");
            assertThat(stream.next().type()).isEqualTo("$hello");
            streams.add(stream);
        }
        assertThat(hub.metric("tidings_connections")).isEqualTo(CLIENTS);
        return streams;
    }

    private void awaitEnds(String reason, long ends) {
        await().untilAsserted(() -> assertThat(hub.closed(reason)).isEqualTo(ends));
        assertThat(hub.metric("tidings_connections")).isZero();
    }
}
