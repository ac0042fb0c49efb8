package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** Clients that read slowly, or never, through sockets that take little. */
@Timeout(120)
class SlowClientIT {
    private static final int EVENTS = 3_000;
    private static final String PADDING = "-".repeat(4 * 1024);

    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(
            Map.of("tidings.heartbeat", "1s", "tidings.stall-limit", "3s"),
            SinkApplication.class,
            SinkResource.class,
            SinkFilter.class,
            SinkBoard.class);

    private EventHub hub;

    @BeforeEach
    void look() {
        hub = SERVER.server().bean(EventHub.class);
    }

    @Test
    void readerThatPausesGetsEveryEventOnceAndInOrder() throws IOException {
        long overflows = hub.statistics().overflows();
        try (var stream = open("pauses")) {
            for (int sent = 0; sent < EVENTS; ) {
                int pause = sent + 40; // 160 KiB wait: more than the kernel takes, less than the hub's bound
                for (; sent < pause; sent++) {
                    publish("pauses", sent);
                }
                assertThat(numbers(stream, 40)).isEqualTo(range(sent - 40, sent));
            }
        }
        assertThat(hub.statistics().overflows()).as("it was never too slow").isEqualTo(overflows);
    }

    @Test
    void readerThatPausesForTooMuchIsCaughtUp() throws IOException {
        long overflows = hub.statistics().overflows();
        try (var stream = open("overflow")) {
            for (int i = 0; i < EVENTS / 3; i++) {
                publish("overflow", i);
            }
            assertThat(hub.statistics().overflows()).isGreaterThan(overflows);
            assertThat(numbers(stream, EVENTS / 3)).isEqualTo(range(0, EVENTS / 3));

            publish("overflow", EVENTS);
            assertThat(numbers(stream, 1)).containsExactly(EVENTS);
        }
    }

    @Test
    void clientThatNeverReadsIsResetAndHoldsUpNobody() throws IOException {
        long stalled = hub.statistics().closed(DisconnectReason.STALLED);
        try (var dead = open("dead");
                var other = open("dead")) {
            var read = new ArrayList<Integer>();
            for (int i = 0; i < 400; i++) {
                publish("dead", i);
                read.addAll(numbers(other, 1));
            }
            assertThat(read).isEqualTo(range(0, 400));

            await().untilAsserted(() -> assertThat(hub.statistics().closed(DisconnectReason.STALLED))
                    .isEqualTo(stalled + 1));
            assertReset(dead);
            publish("dead", 400);
            assertThat(numbers(other, 1)).containsExactly(400);
        }
    }

    @Test
    void clientThatTakesNothingOfAnApplicationIsResetThoughTheApplicationIsIdle() throws Exception {
        SinkBoard board = SERVER.server().bean(SinkBoard.class);
        try (var dead = SseSocketClient.openNarrow(SERVER.uri("sinks/held"));
                var idle = SseSocketClient.open(SERVER.uri("sinks/held"))) {
            SinkBoard.Held toDead = board.take();
            SinkBoard.Held toIdle = board.take();
            toIdle.send("before").get(10, TimeUnit.SECONDS);
            CompletableFuture<?> large = toDead.send("x".repeat(1024 * 1024));

            assertThatThrownBy(() -> large.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(toDead.sink().isClosed()).isTrue();
            assertReset(dead);
            assertThat(toIdle.sink().isClosed())
                    .as("of the client that has taken all")
                    .isFalse();
            toIdle.send("after");
            assertThat(idle.next(2)).extracting(ReceivedEvent::data).containsExactly("before", "after");
        }
    }

    private static SseSocketClient open(String topic) throws IOException {
        SseSocketClient stream = SseSocketClient.openNarrow(SERVER.uri("hub/events?topic=" + topic));
        assertThat(stream.next().type()).isEqualTo("$hello");
        return stream;
    }

    private void publish(String topic, int number) {
        hub.publish(Publication.of(topic, number + PADDING)).join();
    }

    private static List<Integer> numbers(SseSocketClient stream, int count) throws IOException {
        return stream.next(count).stream()
                .map(event -> Integer.parseInt(event.data().replace("-", "")))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** Not an orderly close behind megabytes that the kernel kept for it. */
    private static void assertReset(SseSocketClient dead) {
        assertThatThrownBy(dead::rest).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }
}
