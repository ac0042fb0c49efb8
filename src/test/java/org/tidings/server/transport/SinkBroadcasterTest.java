package org.tidings.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jakarta REST asks of a broadcaster, over sinks of the transport and over others; each race on one thread. */
class SinkBroadcasterTest {
    private static final int BYTES = 100;

    private final EventEncoding encoding = new EventEncoding(null);
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final SinkBroadcaster broadcaster = new SinkBroadcaster(encoding, callbacks::add);
    private final List<String> heard = new ArrayList<>();
    private final OtherSink other = new OtherSink();
    private FakeConnection connection;
    private StreamSink sink;
    private long nanos;
    private final Stalled stalled = new Stalled(Duration.ofSeconds(30), () -> nanos);

    @BeforeEach
    void listen() throws IOException {
        connection = new FakeConnection();
        sink = sink(connection);
        broadcaster.onError((failed, failure) -> heard.add("error " + name(failed) + ": " + failure.getMessage()));
        broadcaster.onClose(closed -> heard.add("closed " + name(closed)));
    }

    @Test
    void everySinkGetsWhatIsBroadcastInOrder() throws IOException {
        var further = new FakeConnection();
        broadcaster.register(sink);
        broadcaster.register(sink(further));
        broadcaster.register(other);

        broadcast("1");
        broadcast("2");

        assertThat(connection.frames()).containsExactly(": 1", ": 2");
        assertThat(further.frames()).containsExactly(": 1", ": 2");
        assertThat(other.comments).containsExactly("1", "2");
        assertThat(heard()).isEmpty();
    }

    @Test
    void aSinkThatIsRegisteredTwiceGetsAnEventOnce() {
        broadcaster.register(sink);
        broadcaster.register(sink);

        broadcast("1");
        broadcaster.close();

        assertThat(connection.frames()).containsExactly(": 1");
        assertThat(heard()).containsExactly("closed sink");
    }

    @Test
    void theStageWaitsForNoClient() {
        connection.stall();
        other.answer = CompletableFuture::new;
        broadcaster.register(sink);
        broadcaster.register(other);

        assertThat(broadcast("1")).isCompleted();
        assertThat(broadcast("2")).isCompleted();
        assertThat(heard()).isEmpty();
    }

    @Test
    void anEventThatCannotBeEncodedFailsTheStageAndReachesNobody() {
        broadcaster.register(sink);
        broadcaster.register(other);

        var stage = broadcaster
                .broadcast(new OutboundEvent.Builder().data("no writer here").build())
                .toCompletableFuture();

        assertThat(stage).isCompletedExceptionally();
        assertThat(connection.frames()).isEmpty();
        assertThat(other.comments).isEmpty();
        assertThat(heard()).isEmpty();
    }

    @Test
    void aClientPastTheBoundIsCutAndToldAndTheOthersAreFine() {
        connection.stall();
        broadcaster.register(sink);
        broadcaster.register(other);

        broadcast("1".repeat(BYTES));
        var stage = broadcast("2");
        broadcast("3");

        assertThat(stage).isCompleted();
        assertThat(connection.ends()).containsExactly("cut");
        assertThat(heard())
                .containsExactly("error sink: the client is too slow: more than 100 bytes wait for it", "closed sink");
        assertThat(other.comments).hasSize(3);
    }

    @Test
    void aClientThatTakesNothingForTooLongIsCutAndToldWithoutAFurtherBroadcast() {
        connection.stall();
        broadcaster.register(sink);
        broadcast("1");

        nanos = Duration.ofSeconds(30).toNanos();
        stalled.cut();

        assertThat(heard()).containsExactly("error sink: the connection is closed", "closed sink");
    }

    /** A broadcast comes between the moment at which the client is known to be gone and that at which it is told. */
    @Test
    void whyAClientWasCutIsToldWhateverIsBroadcastMeanwhile() {
        connection.stall();
        broadcaster.register(sink);
        var unused = sink.send(event("1")).whenComplete((done, failure) -> broadcast("2"));

        connection.fail();

        assertThat(heard()).containsExactly("error sink: the connection is closed", "closed sink");
    }

    @Test
    void aClientThatGoesWithWhatItWasSentIsToldWithoutAFurtherBroadcast() {
        broadcaster.register(sink);
        broadcast("1");

        connection.lost();
        broadcast("2");

        assertThat(heard()).containsExactly("closed sink");
    }

    @Test
    void aSinkThatTheApplicationClosesIsToldOnce() throws IOException {
        broadcaster.register(sink);
        broadcaster.register(other);

        sink.close();
        other.close();
        assertThat(heard()).containsExactly("closed sink");
        broadcast("1");
        broadcast("2");

        assertThat(heard()).containsExactly("closed sink", "closed other");
    }

    @Test
    void aSinkThatIsHandedToTheHubIsNoLongerTheBroadcasters() {
        broadcaster.register(sink);

        sink.handOver();
        broadcast("1");
        broadcaster.close();

        assertThat(heard()).containsExactly("closed sink");
        assertThat(connection.frames()).isEmpty();
        assertThat(sink.isClosed()).isFalse();
    }

    @Test
    void aSinkThatWasClosedBeforeItIsRegisteredIsTold() {
        sink.close();
        other.close();

        broadcaster.register(sink);
        broadcaster.register(other);

        assertThat(heard()).containsExactly("closed sink", "closed other");
    }

    @Test
    void aSinkThatThrowsIsToldAndClosedAndHeardOfNoMore() {
        other.answer = () -> {
            throw new IllegalArgumentException("no");
        };
        broadcaster.register(other);
        broadcaster.register(sink);

        assertThat(broadcast("1")).isCompleted();
        broadcast("2");

        assertThat(heard()).containsExactly("error other: no", "closed other");
        assertThat(other.closed).isTrue();
        assertThat(other.comments).containsExactly("1");
        assertThat(connection.frames()).containsExactly(": 1", ": 2");
    }

    @Test
    void aSinkWhoseStageFailsIsToldAndClosed() {
        var first = new CompletableFuture<Void>();
        other.answer = () -> first;
        broadcaster.register(other);
        broadcast("1");
        broadcast("2");
        assertThat(heard()).isEmpty();

        first.completeExceptionally(new IOException("reset"));

        assertThat(heard()).containsExactly("error other: reset", "closed other");
        assertThat(other.closed).isTrue();
    }

    /** Between two looks at it: it is open, and the application closes it while it is sent to. */
    @Test
    void aSinkThatIsClosedMeanwhileHasNotFailed() {
        other.answer = () -> {
            other.closed = true;
            throw new IllegalStateException("closed");
        };
        broadcaster.register(other);

        broadcast("1");

        assertThat(heard()).containsExactly("closed other");
    }

    /** The broadcast is on its way through the sinks, and comes to some that have just been closed. */
    @Test
    void sinksThatAreClosedDuringABroadcastHaveNotFailed() throws IOException {
        var closing = new ArrayList<StreamSink>();
        for (int i = 0; i < 10; i++) {
            closing.add(sink(new FakeConnection()));
        }
        other.answer = () -> {
            closing.forEach(StreamSink::close);
            return CompletableFuture.completedFuture(null);
        };
        closing.forEach(broadcaster::register);
        broadcaster.register(other);

        broadcast("1");

        assertThat(heard()).hasSize(10).allMatch(told -> told.startsWith("closed "));
    }

    @Test
    void aSinkThatFailsToCloseIsToldAndTheOthersAreClosed() {
        other.closing = () -> {
            throw new IllegalArgumentException("no");
        };
        broadcaster.register(other);
        broadcaster.register(sink);

        broadcaster.close();

        assertThat(heard()).containsExactlyInAnyOrder("error other: no", "closed other", "closed sink");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        var own = new SinkBroadcaster(encoding, Runnable::run);
        own.onError((failed, failure) -> {
            throw new IllegalStateException("of the application");
        });
        own.onError((failed, failure) -> heard.add("error behind it"));
        own.onClose(closed -> {
            throw new IllegalStateException("of the application");
        });
        own.onClose(closed -> heard.add("closed behind it"));
        other.answer = () -> CompletableFuture.failedFuture(new IOException("reset"));
        own.register(other);
        own.register(sink);

        own.broadcast(event("1")).toCompletableFuture().join();

        assertThat(heard).containsExactly("error behind it", "closed behind it");
        assertThat(connection.frames()).containsExactly(": 1");
    }

    /** "Ann has left", said in a listener, reached some of those who stayed before what was said before it. */
    @Test
    void whatAListenerBroadcastsComesBehindWhatIsBeingBroadcast() throws IOException {
        var connections = new ArrayList<FakeConnection>();
        for (int i = 0; i < 10; i++) {
            var staying = new FakeConnection();
            connections.add(staying);
            broadcaster.register(sink(staying));
        }
        connection.stall();
        broadcaster.register(sink);
        broadcast("1".repeat(BYTES));
        broadcaster.onClose(closed -> broadcast("left"));

        broadcast("2");
        runCallbacks();

        assertThat(connections)
                .allSatisfy(staying -> assertThat(staying.frames()).endsWith(": 2", ": left"));
    }

    @Test
    void closeClosesTheSinksBehindWhatWasBroadcast() {
        connection.stall();
        broadcaster.register(sink);
        broadcaster.register(other);
        broadcast("1");
        broadcast("2");

        broadcaster.close();
        broadcaster.close();
        broadcaster.close(false);
        connection.take();
        connection.take();

        assertThat(connection.frames()).containsExactly(": 1", ": 2");
        assertThat(connection.ends()).containsExactly("finished");
        assertThat(other.closed).isTrue();
        assertThat(heard()).containsExactlyInAnyOrder("closed sink", "closed other");
    }

    @Test
    void closeThatDoesNotCascadeLeavesTheSinksOpen() {
        broadcaster.register(sink);
        broadcaster.register(other);

        broadcaster.close(false);
        broadcaster.close();
        var unused = sink.send(event("still open"));
        assertThat(connection.frames()).containsExactly(": still open");
        assertThat(other.closed).isFalse();
        connection.lost();

        assertThat(heard()).isEmpty();
    }

    /** The broadcaster is closed between the moment at which register looks and that at which it has the sink. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSinkThatIsRegisteredWhileTheBroadcasterIsClosedIsTreatedLikeTheOthers(boolean cascading) {
        var racing = new OtherSink() {
            @Override
            public int hashCode() {
                broadcaster.close(cascading);
                return System.identityHashCode(this);
            }

            @Override
            public boolean equals(Object o) {
                return this == o;
            }
        };

        broadcaster.register(racing);

        assertThat(racing.closed).isEqualTo(cascading);
        assertThat(heard()).hasSize(cascading ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClosedBroadcasterTakesNothingMore(boolean cascading) {
        broadcaster.close(cascading);

        assertThatThrownBy(() -> broadcaster.broadcast(event("1"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> broadcaster.register(sink)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> broadcaster.onClose(closed -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> broadcaster.onError((failed, failure) -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(sink.isClosed()).isFalse();
    }

    @Test
    void nullIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.broadcast(null));
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.register(null));
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.onClose(null));
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.onError(null));
    }

    private StreamSink sink(FakeConnection to) {
        var started = new AtomicBoolean();
        Runnable start = () -> {
            if (!started.getAndSet(true)) {
                to.attach();
            }
        };
        var made = new StreamSink(start, to, encoding, stalled, Runnable::run, BYTES);
        to.open(made);
        return made;
    }

    @CanIgnoreReturnValue
    private CompletableFuture<?> broadcast(String comment) {
        return broadcaster.broadcast(event(comment)).toCompletableFuture();
    }

    private static OutboundSseEvent event(String comment) {
        return new OutboundEvent.Builder().comment(comment).build();
    }

    private String name(SseEventSink known) {
        return known == sink ? "sink" : "other";
    }

    /** What the listeners heard; none hears anything before this. */
    private List<String> heard() {
        runCallbacks();
        return heard;
    }

    private void runCallbacks() {
        for (Runnable next = callbacks.poll(); next != null; next = callbacks.poll()) {
            next.run();
        }
    }

    /** A sink that is not the transport's. */
    private static class OtherSink implements SseEventSink {
        final List<String> comments = new ArrayList<>();
        Supplier<CompletionStage<?>> answer = () -> CompletableFuture.completedFuture(null);
        Runnable closing = () -> {};
        boolean closed;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            comments.add(event.getComment());
            return answer.get();
        }

        @Override
        public void close() {
            closed = true;
            closing.run();
        }
    }
}
