package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.KernelSockets;
import org.tidings.testkit.SseSocketClient;

/** Clients that read slowly, or never, through sockets that take little. */
@Timeout(120)
@ExtendWith(ArquillianExtension.class)
class SlowClientIT {
    private static final int EVENTS = 100;
    private static final long KERNEL_BYTES = 64 * 1024;
    private static final String PADDING = "-".repeat(16 * 1024);

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(Map.of("tidings.heartbeat", "1s", "tidings.stall-limit", "5s"));
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void readerThatPausesGetsEveryEventOnceAndInOrder() throws IOException {
        long before = overflows();
        try (var stream = open("slow/pauses")) {
            for (int sent = 0; sent < EVENTS; ) {
                int pause = sent + 10; // 160 KiB wait: more than the kernel takes, less than the hub's bound
                for (; sent < pause; sent++) {
                    publish("slow/pauses", sent);
                }
                assertThat(numbers(stream, 10)).isEqualTo(range(sent - 10, sent));
            }
        }
        assertThat(overflows()).as("it was never too slow").isEqualTo(before);
    }

    @Test
    void readerThatPausesForTooMuchIsCaughtUp() throws IOException {
        long before = overflows();
        try (var stream = open("slow/overflow")) {
            for (int i = 0; i < EVENTS; i++) {
                publish("slow/overflow", i);
            }
            // The last receipts may be there before the lane has handed their events out.
            await().untilAsserted(() -> assertThat(overflows()).isGreaterThan(before));
            assertThat(numbers(stream, EVENTS)).isEqualTo(range(0, EVENTS));

            publish("slow/overflow", EVENTS);
            assertThat(numbers(stream, 1)).containsExactly(EVENTS);
        }
    }

    @Test
    void clientThatNeverReadsIsResetAndHoldsUpNobody() throws IOException {
        long stalled = hub.closed("stalled");
        try (var dead = open("slow/dead");
                var other = open("slow/dead")) {
            var read = new ArrayList<Integer>();
            for (int i = 0; i < EVENTS; i++) {
                publish("slow/dead", i);
                read.addAll(numbers(other, 1));
            }
            assertThat(read).isEqualTo(range(0, EVENTS));

            await().untilAsserted(() -> assertThat(hub.closed("stalled")).isEqualTo(stalled + 1));
            assertReset(dead);
            publish("slow/dead", EVENTS);
            assertThat(numbers(other, 1)).containsExactly(EVENTS);
        }
    }

    @Test
    void theKernelIsAskedToKeepLittleOfAStream() throws IOException {
        try (var stream = open("slow/kernel")) {
            int server = hub.uri("").getPort();
            assertThat(KernelSockets.sendBuffer(server, stream.port())).isEqualTo(2 * KERNEL_BYTES);
        }
    }

    private SseSocketClient open(String topic) throws IOException {
        SseSocketClient stream = SseSocketClient.openNarrow(hub.uri("hub/events?topic=" + topic));
        assertThat(stream.next().type()).isEqualTo("$hello");
        return stream;
    }

    private void publish(String topic, int number) {
        hub.published("topic=" + topic, number + PADDING);
    }

    private long overflows() {
        return hub.metric("tidings_overflows_total");
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
