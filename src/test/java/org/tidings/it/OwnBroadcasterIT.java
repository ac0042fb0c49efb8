package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** An application that broadcasts with {@code sse.newBroadcaster()}. */
@Timeout(60)
class OwnBroadcasterIT {
    /** More than a client that does not read is ever kept: kernels and send queue together. */
    private static final int MANY = 1_000;

    @RegisterExtension
    static final ServerFixture SERVER =
            new ServerFixture(Map.of("tidings.stall-limit", "10m"), RadioApplication.class, RadioResource.class);

    @Test
    void whereverSseIsInjectedItIsOurs() {
        assertThat(SERVER.send(SERVER.request("radio/kinds")).body()).isEqualTo("SinkBroadcaster SinkBroadcaster");
    }

    @Test
    void allHearEverythingInOrder() throws IOException {
        var clients = List.of(new Listener(), new Listener(), new Listener());
        for (int i = 0; i < 50; i++) {
            say("event " + i);
        }

        for (var client : clients) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.stream.next()).isEqualTo(said("event " + i));
            }
            client.close();
        }
    }

    @Test
    void aClientThatGoesIsHeardOfOnceAndWithoutABroadcast() throws IOException {
        var leaving = new Listener();
        String closed = "closed " + leaving.number;
        try (var staying = new Listener()) {
            leaving.close();
            await().untilAsserted(() -> assertThat(heard()).contains(closed));

            say("1");
            say("2");

            assertThat(staying.stream.next(2)).containsExactly(said("1"), said("2"));
            assertThat(heard()).containsOnlyOnce(closed);
        }
    }

    @Test
    void aSlowClientIsCutAndTheOthersHearEverything() throws IOException {
        String large = "x".repeat(32 * 1024);
        try (var slow = new Listener();
                var quick = new Listener()) {
            String number = slow.number;
            int sent = 0;
            while (!heard().contains("closed " + number) && sent < MANY) {
                say(large + sent);
                assertThat(quick.stream.next()).isEqualTo(said(large + sent));
                sent++;
            }

            var ends =
                    heard().stream().filter(told -> told.endsWith(" " + number)).toList();
            assertThat(ends).containsExactly("error " + number, "closed " + number);
            say("last");
            assertThat(quick.stream.next()).isEqualTo(said("last"));
        }
    }

    @Test
    void aRequestThatIsAnsweredOtherwiseIsHeardOf() throws IOException {
        try (var refused = SseSocketClient.open(SERVER.uri("radio/refused"))) {
            assertThat(refused.status()).isEqualTo(503);
            await().untilAsserted(() -> assertThat(heard()).containsOnlyOnce("closed " + refused.header("Number")));
        }
    }

    @Test
    void closeEndsAllStreamsBehindWhatWasBroadcast() throws IOException {
        var clients = List.of(new Listener(), new Listener(), new Listener());
        say("last");
        SERVER.send(SERVER.request("radio/close").POST(BodyPublishers.noBody()));

        for (var client : clients) {
            assertThat(client.stream.rest()).containsExactly(said("last"));
            client.close();
            await().untilAsserted(() -> assertThat(heard()).containsOnlyOnce("closed " + client.number));
        }
    }

    private static void say(String text) {
        assertThat(SERVER.send(SERVER.request("radio").POST(BodyPublishers.ofString(text)))
                        .body())
                .isEqualTo("said");
    }

    private static ReceivedEvent said(String text) {
        return new ReceivedEvent("", "said", "{\"text\":\"" + text + "\"}");
    }

    private static List<String> heard() {
        return SERVER.server().bean(RadioResource.class).heard();
    }

    /** A client that is registered with the broadcaster. */
    private static final class Listener implements AutoCloseable {
        private final SseSocketClient stream = SseSocketClient.open(SERVER.uri("radio"));
        private final String number = stream.next().data();

        private Listener() throws IOException {}

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
