package org.tidings.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.io.OutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that ask again and again, and read no answer: the thread that has the next one for them waits. */
@Timeout(120)
class UnreadAnswersIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of("tidings.stall-limit", "10m"));

    @Test
    void whoReadsNoMetricsKeepsNobodyFromHealthStreamsAndPublishing() throws IOException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(
                    SERVER.uri("").getHost(), SERVER.uri("").getPort()));
            ask(socket.getOutputStream());
            await().atMost(Duration.ofMinutes(1)).until(UnreadAnswersIT::aThreadWaitsToWrite);

            assertThat(SERVER.send(HttpRequest.newBuilder(SERVER.uri("hub/health/live")))
                            .statusCode())
                    .isEqualTo(200);
            try (var stream = SERVER.stream("topic=other")) {
                assertThat(stream.next().type()).isEqualTo("$hello");
                SERVER.published("topic=other", "news");
                assertThat(stream.next().data()).isEqualTo("news");
            }
        }
    }

    private static void ask(OutputStream out) {
        byte[] requests =
                "GET /hub/metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100).getBytes(US_ASCII);
        var client = new Thread(
                () -> {
                    try {
                        while (true) {
                            out.write(requests);
                        }
                    } catch (IOException e) {
                        // The test is over.
                    }
                },
                "client that reads nothing");
        client.setDaemon(true);
        client.start();
    }

    private static boolean aThreadWaitsToWrite() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
                .anyMatch(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(OutputBuffer.class.getName())));
    }
}
