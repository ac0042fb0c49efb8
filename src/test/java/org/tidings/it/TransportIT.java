package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.DisconnectReason;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubSettings;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** How a stream begins, what the bytes are, and how it is noticed that a client goes; nothing is written meanwhile. */
@Timeout(60)
@TestMethodOrder(OrderAnnotation.class)
class TransportIT {
    private static final int CUT_SHORT = 200;

    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(
            // Long: nothing must be noticed because a write fails.
            Map.of("tidings.heartbeat", "30m", "tidings.stall-limit", "10m"),
            SinkApplication.class,
            SinkResource.class,
            SinkFilter.class,
            SinkBoard.class);

    private EventHub hub;
    private SinkBoard board;

    @BeforeEach
    void look() {
        hub = SERVER.server().bean(EventHub.class);
        board = SERVER.server().bean(SinkBoard.class);
        board.clear();
    }

    @AfterEach
    void nothingStays() throws IOException {
        // Who has an answer's head may be before the lane that is to open the stream. It does one thing after the
        // other.
        for (int i = 0; i < HubSettings.DEFAULTS.lanes(); i++) {
            open().close();
        }
        awaitNobody();
        assertThat(board.connected()).doesNotHaveDuplicates();
        await().untilAsserted(() -> assertThat(board.disconnected())
                .as("each stream ended once")
                .containsExactlyInAnyOrderElementsOf(board.connected()));
    }

    @Test
    void clientThatClosesIsNoticedAtOnce() throws IOException {
        open().close();
        awaitNobody();
    }

    @Test
    void clientThatResetsIsNoticedAtOnce() throws IOException {
        try (var stream = open()) {
            stream.reset();
            awaitNobody();
        }
    }

    @Test
    void clientThatClosesItsHalfHasGone() throws IOException {
        try (var stream = open()) {
            stream.closeHalf();
            awaitNobody();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "GET /hub/health/live HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n"})
    void clientThatSpeaksOnTheOpenStreamIsCut(String words) throws IOException {
        long gone = hub.statistics().closed(DisconnectReason.CLIENT_GONE);
        try (var stream = open()) {
            stream.send(words);
            awaitNobody();
            assertThat(hub.statistics().closed(DisconnectReason.CLIENT_GONE)).isEqualTo(gone + 1);
            assertCut(stream);
        }
    }

    @Test
    void requestPipelinedBehindTheStreamsIsNotAnswered() throws IOException {
        long opened = hub.statistics().opened();
        try (var stream = SseSocketClient.openWith(
                SERVER.uri("hub/events?topic=pipelined"), "GET /hub/health/live HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(stream.status()).isEqualTo(200);
            assertCut(stream);
        }
        // The client may have its answer's head before the lane has the stream.
        await().untilAsserted(() ->
                assertThat(hub.statistics().opened()).as("streams opened").isEqualTo(opened + 1));
    }

    /** Half of a request is no request yet. */
    @Test
    void garbageBehindTheRequestHidesNoClientThatGoes() throws IOException {
        try (var stream = SseSocketClient.openWith(SERVER.uri("hub/events?topic=garbage"), "GET /hub")) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            stream.reset();
            awaitNobody();
        }
    }

    /** Behind the other tests: what a request that was cut off begins, it may begin at any time. */
    @Test
    @Order(Integer.MAX_VALUE)
    void clientsThatAreGoneBeforeTheirStreamBeginsLeaveNothing() throws IOException {
        for (int i = 0; i < CUT_SHORT; i++) {
            cutShort(i % 2 == 0 ? "/hub/events?topic=short" : "/sinks/hub?topic=short");
        }

        open().close();
        awaitNobody();
    }

    /** As above. */
    @Test
    @Order(Integer.MAX_VALUE)
    void clientsThatAreGoneBeforeTheirStreamBeginsCloseTheSinksOfApplications() throws Exception {
        for (int i = 0; i < 20; i++) {
            cutShort("/sinks/held");
        }

        try (var last = open("sinks/held")) {
            last.reset();
            // A request that was cut off early may not have come to its method. The last one has.
            SinkBoard.Held held = board.take();
            await().until(held.sink()::isClosed);
        }
    }

    @Test
    void theBytesAreOneChunkForEachEventAndTheLastOne() throws IOException {
        try (var stream = open("sinks/three")) {
            assertThat(stream.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(stream.header("Connection")).isEqualTo("close");
            String chunk = "9\r\ndata: %s\n\n\r\n";
            assertThat(stream.untilClosed())
                    .isEqualTo(chunk.formatted(1) + chunk.formatted(2) + chunk.formatted(3) + "0\r\n\r\n");
        }
    }

    @Test
    void clientOfHttp10GetsTheEventsAsTheyAre() throws IOException {
        try (var stream = SseSocketClient.openHttp10(SERVER.uri("sinks/three"))) {
            assertThat(stream.header("Transfer-Encoding")).isEmpty();
            assertThat(stream.header("Content-Length")).isEmpty();
            assertThat(stream.untilClosed()).isEqualTo("data: 1\n\ndata: 2\n\ndata: 3\n\n");
        }
    }

    @Test
    void clientOfHttp10HearsTheHub() throws IOException {
        // From the oldest on: the client may have its answer's head before the lane has the stream.
        try (var stream = SseSocketClient.openHttp10(SERVER.uri("hub/events?topic=old&after=earliest"))) {
            SERVER.published("topic=old", "news");
            SERVER.end("old");

            assertThat(stream.untilClosed()).contains("event: $hello\n").contains("data: news\n\n");
        }
    }

    @Test
    void headOfAStreamIsItsHeadAlone() throws IOException {
        try (var stream = SseSocketClient.head(SERVER.uri("sinks/hub?topic=head"))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            awaitNobody();
            assertGoesOn(stream);
        }
    }

    @Test
    void headOfASinkThatIsSentToIsItsHeadAlone() throws IOException {
        try (var stream = SseSocketClient.head(SERVER.uri("sinks/spin"))) {
            assertThat(stream.status()).isEqualTo(200);
            assertGoesOn(stream);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "busy-late"})
    void methodThatHasNoTimeSaysSo(String path) throws IOException {
        try (var stream = open("sinks/" + path)) {
            assertThat(stream.status()).isEqualTo(503);
            assertThat(stream.header("Retry-After")).isEqualTo("7");
            awaitNobody();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "refused-late"})
    void methodMayRefuseAndTheConnectionGoesOn(String path) throws IOException {
        try (var stream = open("sinks/" + path)) {
            assertThat(stream.status()).isEqualTo(403);
            assertThat(stream.content()).isEmpty();
            awaitNobody();
            assertGoesOn(stream);
        }
    }

    /** The request's objects are the next request's by then: a late close told that client to close its connection. */
    @Test
    void sinkThatIsClosedBehindAnotherAnswerDoesNotTouchTheNextRequest() throws Exception {
        try (var refused = open("sinks/refused")) {
            assertThat(refused.status()).isEqualTo(403);
            SinkBoard.Held late = board.take();
            try (var stream = open("sinks/held")) {
                SinkBoard.Held next = board.take();
                late.sink().close();
                next.send("1");
                assertThat(stream.next().data()).isEqualTo("1");
                assertThat(next.sink().isClosed()).isFalse();
            }
            assertThat(late.sink().isClosed()).isTrue();
            assertGoesOn(refused);
        }
    }

    @Test
    void methodThatFailsIsAnsweredAndTheHubsStreamEnds() throws IOException {
        try (var stream = open("sinks/broken")) {
            assertThat(stream.status()).isEqualTo(500);
            awaitNobody();
        }
    }

    @Test
    void exceptionBehindTheFirstEventLeavesTheStreamToWhoHasTheSink() throws Exception {
        try (var stream = open("sinks/broken-late")) {
            assertThat(stream.next().data()).isEqualTo("1");
            SinkBoard.Held held = board.take();
            held.send("2");
            held.sink().close();

            assertThat(stream.rest()).extracting(ReceivedEvent::data).containsExactly("2");
        }
    }

    @Test
    void filterMayRefuseAndTheConnectionGoesOn() throws IOException {
        try (var stream = open("sinks/hub?topic=refused&filter=refuse")) {
            assertThat(stream.status()).isEqualTo(403);
            assertThat(stream.content()).isEqualTo("refused");
            awaitNobody();
            assertGoesOn(stream);
        }
    }

    /** An application that sent from a thread of its own left the client without an answer for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"hub?topic=refused&", "elsewhere?"})
    void filterThatFailsIsAnsweredAndTheStreamEnds(String path) throws IOException {
        try (var stream = open("sinks/" + path + "filter=fail")) {
            assertThat(stream.status()).isEqualTo(500);
            awaitNobody();
        }
    }

    private static SseSocketClient open() throws IOException {
        SseSocketClient stream = SERVER.stream("topic=transport");
        assertThat(stream.next().type()).isEqualTo("$hello");
        return stream;
    }

    private static SseSocketClient open(String path) throws IOException {
        return SseSocketClient.open(SERVER.uri(path));
    }

    private static void cutShort(String path) throws IOException {
        try (var socket = new Socket(SERVER.uri("").getHost(), SERVER.uri("").getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void assertGoesOn(SseSocketClient connection) throws IOException {
        assertThat(connection.header("Connection")).isNotEqualTo("close");
        assertThat(connection.again(SERVER.uri("sinks/ping")).content()).isEqualTo("pong");
    }

    /** Behind what came before, no answer comes, and no last chunk. */
    private static void assertCut(SseSocketClient stream) {
        assertThatThrownBy(stream::rest).isInstanceOf(IOException.class);
    }

    private void awaitNobody() {
        await().untilAsserted(() ->
                assertThat(hub.statistics().connections()).as("open streams").isZero());
    }
}
