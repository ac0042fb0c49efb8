package org.tidings.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.hub.Connection;

/** The sink's bookkeeping, each race on the test's thread. */
class StreamSinkTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int BYTES = 100;

    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private long nanos;
    private final Stalled stalled = new Stalled(LIMIT, () -> nanos);
    private FakeConnection connection;
    private StreamSink sink;

    @BeforeEach
    void open() throws IOException {
        connection = new FakeConnection();
        var started = new AtomicBoolean();
        sink = sink(() -> {
            if (!started.getAndSet(true)) {
                connection.attach();
            }
        });
    }

    @Test
    void eventsLeaveInTheOrderInWhichTheyWereSent() {
        send("1");
        send("2");
        sink.close();

        assertThat(connection.frames()).containsExactly(": 1", ": 2");
        assertThat(connection.ends()).containsExactly("finished");
    }

    @Test
    void eventsThatWaitForTheHeadLeaveInOrderBehindIt() {
        sink = sink(() -> {}); // another thread sends the head
        var first = send("1");
        var second = send("2");
        assertThat(connection.frames()).isEmpty();

        connection.attach();

        assertThat(connection.frames()).containsExactly(": 1", ": 2");
        runCallbacks();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void closeEndsTheResponseBehindWhatWaits() {
        connection.stall();
        send("1");
        var last = send("2");
        sink.close();
        assertThat(connection.ends()).isEmpty();
        assertThat(last).isNotDone();

        connection.take();
        connection.take();

        assertThat(connection.frames()).containsExactly(": 1", ": 2");
        assertThat(connection.ends()).containsExactly("finished");
    }

    @Test
    void closeIsIdempotent() {
        sink.close();
        sink.close();

        assertThat(connection.ends()).containsExactly("finished");
        assertThat(sink.isClosed()).isTrue();
    }

    @Test
    void afterCloseSendThrows() {
        sink.close();

        assertThatIllegalStateException().isThrownBy(() -> send("late"));
        assertThat(connection.frames()).isEmpty();
    }

    @Test
    void clientThatGoesBeforeTheHeadFailsTheStages() {
        sink = sink(() -> {});
        var waiting = send("1");

        connection.lost();
        runCallbacks();

        assertFailed(waiting);
        assertThat(sink.isClosed()).isTrue();
    }

    /** The head was on its way when the application gave up: the socket is nobody's, and must not stay open. */
    @Test
    void headThatComesBehindTheEndIsCut() {
        sink = sink(() -> {});
        send("1");
        connection.lost();

        connection.attach();

        assertThat(connection.ends()).containsExactly("cut");
    }

    @Test
    void clientThatGoesFailsWhatIsUnderWayAndWhatWaitsBehindIt() {
        connection.stall();
        var first = send("1");
        var second = send("2");

        connection.fail();
        runCallbacks();

        assertFailed(first);
        assertFailed(second);
        assertThat(connection.ends()).containsExactly("cut");
        assertThatIllegalStateException().isThrownBy(() -> send("3"));
    }

    @Test
    void pastTheLimitTheClientIsCutAndEveryStageFails() {
        connection.stall();
        var first = send("x".repeat(BYTES * 2)); // one event may have any size
        var second = send("2");
        runCallbacks();

        assertFailed(first);
        assertFailed(second);
        assertThat(connection.ends()).containsExactly("cut");
    }

    /** An application that asked its database for the next event in a callback would have stopped all other clients. */
    @Test
    void callbacksOfTheApplicationRunOnNoThreadOfTheTransport() {
        connection.stall();
        var ran = new ArrayList<String>();
        var taken = send("1").thenRun(() -> ran.add("taken"));
        var failed = send("2").handle((done, e) -> ran.add("failed"));

        connection.take();
        assertThat(ran).isEmpty();
        runCallbacks();
        assertThat(ran).containsExactly("taken");

        connection.fail();
        assertThat(ran).containsExactly("taken");
        runCallbacks();
        assertThat(ran).containsExactly("taken", "failed");
        assertThat(taken).isCompleted();
        assertThat(failed).isCompleted();
    }

    @Test
    void clientThatTakesNothingForTooLongIsCut() {
        connection.stall();
        var stage = send("1");

        pass(LIMIT.minusNanos(1));
        assertThat(connection.ends()).isEmpty();
        pass(Duration.ofNanos(1));
        runCallbacks();

        assertThat(connection.ends()).startsWith("cut").doesNotContain("finished");
        assertFailed(stage);
    }

    /** A user saw streams that were idle, and whose clients had taken everything, cut after the stall limit. */
    @Test
    void clientThatTakesTheFrameBeforeItsSenderLooksUpIsNotStalled() {
        connection.stall();
        connection.duringWrite(connection::take);
        send("1");

        pass(LIMIT);

        assertThat(connection.ends()).isEmpty();
    }

    @Test
    void eachEventHasTheWholeLimit() {
        connection.stall();
        send("1");
        send("2");
        pass(LIMIT.minusSeconds(1));
        connection.take();
        pass(LIMIT.minusSeconds(1));
        assertThat(connection.ends()).isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(connection.ends()).startsWith("cut");
    }

    @Test
    void transportThatFailsInAWayNobodyThoughtOfLeavesNobodyWaiting() {
        connection.duringWrite(() -> {
            throw new IllegalStateException("not thought of");
        });
        var stage = send("1");
        runCallbacks();

        assertFailed(stage);
        assertThat(connection.ends()).containsExactly("cut");
    }

    @Test
    void handedOverTheConnectionIsTheHubsAlone() throws IOException {
        var hub = new Hub();
        sink.handOver().open(hub);

        sink.flush();
        assertThat(hub.heard).containsExactly("writable");
        assertThatIllegalStateException().isThrownBy(() -> send("1")).withMessageContaining("hub");
        assertThatIllegalStateException().isThrownBy(sink::handOver);
        assertThat(connection.write(frame("2"))).isTrue();
        assertThat(connection.frames()).containsExactly(": 2");
    }

    @Test
    void handedOverBehindTheHeadTheConnectionIsWritable() {
        sink.flush();
        var hub = new Hub();
        sink.handOver().open(hub);

        assertThat(hub.heard).containsExactly("writable");
    }

    /** What tells of a client that goes would wait for whoever hears, on the thread that serves all others. */
    @Test
    void theHubHearsUnderNoLock() {
        var hub = new Hub() {
            @Override
            public void writable() {
                super.writable();
                assertThat(CompletableFuture.runAsync(connection::lost)).succeedsWithin(Duration.ofSeconds(10));
            }
        };
        sink.handOver().open(hub);

        connection.attach();

        assertThat(hub.heard).containsExactly("writable", "closed");
    }

    @Test
    void handedOverAfterTheClientHasGoneTheHubHearsIt() {
        connection.lost();
        var hub = new Hub();
        sink.handOver().open(hub);

        assertThat(hub.heard).containsExactly("closed");
    }

    @Test
    void whatWasSentMustBeOutBeforeTheHandOver() {
        connection.stall();
        send("1");
        assertThatIllegalStateException().isThrownBy(sink::handOver).withMessageContaining("not yet taken");

        connection.take();
        var hub = new Hub();
        sink.handOver().open(hub);
        assertThat(hub.heard).containsExactly("writable");
    }

    @Test
    void closedAfterTheHandOverTheHubHearsIt() {
        var hub = new Hub();
        sink.handOver().open(hub);
        sink.flush();
        sink.close();

        assertThat(hub.heard).containsExactly("writable", "closed");
    }

    @Test
    void nobodyIsToldTwiceOfOneFrame() throws IOException {
        var hub = new Hub();
        sink.handOver().open(hub);
        sink.flush();
        connection.stall();

        assertThat(connection.write(frame("1"))).isFalse();
        connection.take();

        assertThat(hub.heard).containsExactly("writable", "writable");
    }

    @Test
    void writeBehindTheEndFails() {
        sink.flush();
        connection.lost();

        assertThatThrownBy(() -> connection.write(frame("1"))).isInstanceOf(IOException.class);
        assertThat(connection.frames()).isEmpty();
    }

    private StreamSink sink(Runnable start) {
        var made = new StreamSink(start, connection, new EventEncoding(null), stalled, callbacks::add, BYTES);
        connection.open(made);
        return made;
    }

    @CanIgnoreReturnValue
    private CompletableFuture<?> send(String comment) {
        return sink.send(event(comment)).toCompletableFuture();
    }

    private static OutboundSseEvent event(String comment) {
        return new OutboundEvent.Builder().comment(comment).build();
    }

    private static org.tidings.wire.Frame frame(String comment) throws IOException {
        return new EventEncoding(null).encode(event(comment));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        stalled.cut();
    }

    private void runCallbacks() {
        for (Runnable next = callbacks.poll(); next != null; next = callbacks.poll()) {
            next.run();
        }
    }

    private static void assertFailed(CompletableFuture<?> stage) {
        assertThat(stage).isCompletedExceptionally();
        assertThatThrownBy(stage::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    }

    /** Hears what a stream of the hub would. */
    private static class Hub implements Connection.Listener {
        final List<String> heard = new ArrayList<>();

        @Override
        public void writable() {
            heard.add("writable");
        }

        @Override
        public void closed() {
            heard.add("closed");
        }
    }
}
