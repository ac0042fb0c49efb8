package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidings.testkit.Patience.await;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.rest.TransportSink;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** An application that sends to its sinks itself, as Jakarta REST 3.1 (9.3) has it. */
@Timeout(60)
class SinkIT {
    private static final int MANY = 2_000;
    private static final String DATA = "x".repeat(4 * 1024);

    /** More than the kernel takes for a client that does not read, and less than the sink's own bound. */
    private static final String LARGE = "x".repeat(200 * 1024);

    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(
            Map.of("tidings.heartbeat", "30m", "tidings.stall-limit", "10m"),
            SinkApplication.class,
            SinkResource.class,
            SinkFilter.class,
            SinkBoard.class);

    private SinkBoard board;

    /** Text that is its own JSON. */
    public record Point(int x, int y) {}

    @BeforeEach
    void look() {
        board = SERVER.server().bean(SinkBoard.class);
    }

    @Test
    void whatIsSentInTheMethodComesBeforeTheEnd() throws IOException {
        try (var stream = open("three")) {
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(stream.rest()).extracting(ReceivedEvent::data).containsExactly("1", "2", "3");
        }
    }

    @Test
    void theFirstEventDoesNotWaitForTheMethod() throws IOException {
        try (var stream = open("spin")) {
            assertThat(stream.rest()).extracting(ReceivedEvent::data).containsExactly("first", "done: true");
        }
    }

    @Test
    void theStreamBeginsWhenTheMethodReturnsThoughNothingWasSent() throws Exception {
        try (var stream = open("held")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(board.take().sink().isClosed()).isFalse();
        }
    }

    @Test
    void eventsOfAnotherThreadComeInOrder() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            var sending = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < MANY; i++) {
                    held.send(Integer.toString(i)).join();
                }
                held.sink().close();
            });

            for (int i = 0; i < MANY; i++) {
                assertThat(stream.next().data()).isEqualTo(Integer.toString(i));
            }
            assertThat(stream.rest()).isEmpty();
            sending.get();
        }
    }

    @Test
    void eventsOfManyThreadsComeEachOnceAndThoseOfOneInOrder() throws Exception {
        int threads = 4;
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            var sending = new CompletableFuture<?>[threads];
            for (int i = 0; i < threads; i++) {
                String name = i + ":";
                sending[i] = CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < MANY / threads; n++) {
                        held.send(name + n).join();
                    }
                });
            }

            int[] next = new int[threads];
            for (int i = 0; i < MANY; i++) {
                String[] parts = stream.next().data().split(":", 2);
                int thread = Integer.parseInt(parts[0]);
                assertThat(Integer.parseInt(parts[1])).isEqualTo(next[thread]++);
            }
            CompletableFuture.allOf(sending).get();
        }
    }

    @Test
    void everyFieldIsSentAndNoneCanBeForged() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            held.send(held.sse()
                    .newEventBuilder()
                    .id("7\r\ndata: forged\0")
                    .name("na\nme")
                    .comment("a\nb")
                    .reconnectDelay(1500)
                    .data("one\ntwo\r\nthree\n")
                    .build());
            held.sink().close();

            assertThat(stream.rest()).containsExactly(new ReceivedEvent("7data: forged", "name", "one\ntwo\nthree\n"));
            assertThat(stream.text().lines())
                    .containsExactly(
                            ": a",
                            ": b",
                            "id: 7data: forged",
                            "event: name",
                            "retry: 1500",
                            "data: one",
                            "data: two",
                            "data: three",
                            "data: ",
                            "");
        }
    }

    @Test
    void commentAloneIsNoEvent() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            held.send(held.sse().newEventBuilder().comment("still here").build());
            held.sink().close();

            assertThat(stream.rest()).isEmpty();
            assertThat(stream.text()).isEqualTo(": still here\n\n");
        }
    }

    @Test
    void dataIsWrittenAsItsMediaTypeSays() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            held.send(held.sse()
                    .newEventBuilder()
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(new Point(1, 2))
                    .build());

            assertThat(HubClient.json(stream.next().data())).hasToString("{\"x\":1,\"y\":2}");
        }
    }

    /** The stream is UTF-8, whatever the event's own type says (WHATWG HTML, 9.2.5). */
    @Test
    void dataOfAnotherCharsetReachesTheClientAsItWas() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            held.send(held.sse()
                    .newEventBuilder()
                    .mediaType(MediaType.TEXT_PLAIN_TYPE.withCharset("ISO-8859-1"))
                    .data("J\u00fcrgen")
                    .build());

            assertThat(stream.next().data()).isEqualTo("J\u00fcrgen");
        }
    }

    @Test
    void dataThatNobodyCanWriteFailsItsStageAndNotTheStream() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            var failed = held.send(held.sse()
                    .newEventBuilder()
                    .mediaType(MediaType.valueOf("image/x-nobody"))
                    .data(new Point(1, 2))
                    .build());
            assertThatThrownBy(failed::join)
                    .hasRootCauseMessage(
                            "there is no MessageBodyWriter for " + Point.class.getName() + " as image/x-nobody");

            held.send("next").get();
            assertThat(stream.next().data()).isEqualTo("next");
        }
    }

    @Test
    void nullIsNoEvent() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            assertThatThrownBy(() -> held.sink().send(null)).isInstanceOf(IllegalArgumentException.class);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void afterCloseSendThrowsAndCloseDoesNothing() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            assertThat(held.sink().isClosed()).isFalse();
            held.sink().close();
            assertThat(held.sink().isClosed()).isTrue();
            held.sink().close();

            assertThatIllegalStateException().isThrownBy(() -> held.send("late"));
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void clientThatGoesClosesTheSink() throws Exception {
        try (var stream = open("held")) {
            SinkBoard.Held held = board.take();
            held.send("1").get();
            stream.reset();

            await().until(held.sink()::isClosed);
            assertThatIllegalStateException().isThrownBy(() -> held.send("2"));
        }
    }

    @Test
    void clientThatGoesFailsWhatWaitsForIt() throws Exception {
        try (var stream = SseSocketClient.openNarrow(SERVER.uri("sinks/held"))) {
            SinkBoard.Held held = board.take();
            CompletableFuture<?> waiting = held.send(LARGE);
            assertThat(waiting).isNotDone();
            stream.reset();

            assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
        }
    }

    /** A user's callback asked a database on Grizzly's only selector: no other client was served meanwhile. */
    @Test
    void callbackThatBlocksHoldsUpNobodyElse() throws Exception {
        var block = new CompletableFuture<Void>();
        try (var slow = SseSocketClient.openNarrow(SERVER.uri("sinks/held"))) {
            SinkBoard.Held held = board.take();
            for (int i = 0; i < 8; i++) { // as many as there may be selectors
                CompletableFuture<?> large = held.send(LARGE);
                var unused = large.thenRun(block::join);
                slow.next();
                await().until(large::isDone); // get() would run the callback here
            }

            for (int i = 0; i < 8; i++) {
                try (var other = open("three")) {
                    assertThat(other.rest()).hasSize(3);
                }
            }
        } finally {
            block.complete(null);
        }
    }

    @Test
    void whatWaitsIsBounded() throws Exception {
        try (var stream = SseSocketClient.openNarrow(SERVER.uri("sinks/held"))) {
            SinkBoard.Held held = board.take();
            CompletableFuture<?> large = held.send(LARGE);
            assertThat(large)
                    .as("what the kernel does not take, which left to itself takes megabytes")
                    .isNotDone();

            int waiting = LARGE.length();
            CompletableFuture<?> last = held.send(DATA);
            for (; !last.isDone(); last = held.send(DATA)) {
                waiting += DATA.length();
            }
            assertThatThrownBy(last::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("too slow");
            assertThat(waiting).isBetween(240 * 1024, 256 * 1024);
            assertThatThrownBy(large::get).hasCauseInstanceOf(IOException.class);
            assertThat(held.sink().isClosed()).isTrue();
            assertThatThrownBy(stream::rest).as("cut").isInstanceOf(IOException.class);
        }
    }

    @Test
    void sinkGoesToTheHubOnceAndOnlyWithNothingOnItsWay() throws Exception {
        try (var stream = SseSocketClient.openNarrow(SERVER.uri("sinks/held"))) {
            SinkBoard.Held held = board.take();
            CompletableFuture<?> large = held.send(LARGE);
            var sink = (TransportSink) held.sink();
            assertThatIllegalStateException().isThrownBy(sink::handOver).withMessageContaining("not yet taken");

            stream.next();
            large.get();
            assertThat(sink.handOver()).isNotNull();
            assertThatIllegalStateException().isThrownBy(sink::handOver).withMessageContaining("before");
            assertThatIllegalStateException()
                    .isThrownBy(() -> held.send("late"))
                    .withMessageContaining("hub");
            sink.close();
            await().until(sink::isClosed);
        }
    }

    private static SseSocketClient open(String path) throws IOException {
        return SseSocketClient.open(SERVER.uri("sinks/" + path));
    }
}
