package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.hub.Connection;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/** The test's thread is the lane, and the writers' thread when it says {@link #runTasks}. */
class SinkConnectionTest {
    private final FakeSink sink = new FakeSink();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Listener listener = new Listener();
    private final SinkConnection connection = new SinkConnection(sink, tasks::add);

    @BeforeEach
    void open() {
        connection.open(listener);
    }

    @Test
    void isWritableFromTheBeginning() {
        assertThat(listener.writable).isEqualTo(1);
        assertThat(sink.events).isEmpty();
    }

    @Test
    void neverTouchesTheSinkOnTheLane() {
        assertThat(connection.write(frame("a"))).isFalse();
        assertThat(sink.events).isEmpty();

        runTasks();

        assertThat(sink.data()).containsExactly("a");
        assertThat(listener.writable).isEqualTo(2);
    }

    @Test
    void takesTheNextFrameOnlyWhenTheStageOfTheLastIsComplete() {
        CompletableFuture<Object> stage = sink.hold();
        connection.write(frame("a"));
        runTasks();
        assertThat(listener.writable).isEqualTo(1);

        stage.complete(null);

        assertThat(listener.writable).isEqualTo(2);
    }

    @Test
    void sendsTheBlocksOfAFrameOneByOne() {
        CompletableFuture<Object> first = sink.hold();
        connection.write(frame("a", "b", "c"));
        runTasks();
        assertThat(sink.data()).containsExactly("a");

        sink.answer = () -> CompletableFuture.completedFuture(null);
        first.complete(null);
        runTasks();

        assertThat(sink.data()).containsExactly("a", "b", "c");
        assertThat(listener.writable).isEqualTo(2);
    }

    @Test
    void sendsAFrameAsOneEventOnceTheRuntimeHasTakenItsBytes() {
        sink.encodesItself = false;
        connection.write(frame("hello"));
        runTasks();

        connection.write(frame("a", "b"));
        runTasks();

        assertThat(sink.events).hasSize(2);
        assertThat(FakeSink.bytes(sink.events.get(1))).isEqualTo("id: a\ndata: a\n\nid: b\ndata: b\n");
    }

    @Test
    void hasOneTaskAtATime() {
        connection.write(frame("a", "b"));
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(tasks).isEmpty();
    }

    @Test
    void aStageThatFailsMeansThatTheClientHasGone() {
        sink.answer = () -> CompletableFuture.failedFuture(new IOException("broken pipe"));

        connection.write(frame("a", "b"));
        runTasks();

        expectGone(1);
    }

    @Test
    void aStageWhoseValueIsAnExceptionMeansTheSame() {
        sink.answer = () -> CompletableFuture.completedFuture(new IOException("broken pipe"));

        connection.write(frame("a", "b"));
        runTasks();

        expectGone(1);
    }

    @Test
    void aSinkThatThrowsMeansTheSame() {
        sink.answer = () -> {
            throw new IllegalStateException("closed");
        };

        connection.write(frame("a", "b"));
        runTasks();

        expectGone(1);
    }

    @Test
    void aSinkThatThrowsSomethingElseMeansTheSame() {
        sink.answer = () -> {
            throw new UncheckedIOException(new IOException("reset"));
        };

        connection.write(frame("a"));
        runTasks();

        expectGone(1);
    }

    @Test
    void aSinkThatIsClosedIsNotWrittenTo() {
        sink.closed = true;

        connection.write(frame("a"));
        runTasks();

        expectGone(0);
    }

    @Test
    void anAbortAfterAFailureIsHarmless() {
        sink.closed = true;
        connection.write(frame("a"));
        runTasks();

        connection.abort();
        runTasks();

        expectGone(0);
    }

    @Test
    void endsBehindWhatIsInFlight() {
        CompletableFuture<Object> stage = sink.hold();
        connection.write(frame("a", "b"));
        runTasks();

        connection.end();
        runTasks();
        assertThat(sink.closes).isZero();

        sink.answer = () -> CompletableFuture.completedFuture(null);
        stage.complete(null);
        runTasks();

        assertThat(sink.data()).containsExactly("a", "b");
        assertThat(sink.closes).isEqualTo(1);
        expectSilence();
    }

    @Test
    void endsAtOnceWhenNothingIsInFlightButNotOnTheLane() {
        connection.end();
        assertThat(sink.closes).isZero();

        runTasks();

        assertThat(sink.closes).isEqualTo(1);
        expectSilence();
    }

    @Test
    void anAbortDoesNotTouchASinkThatHoldsAnEventForEver() {
        CompletableFuture<Object> never = sink.hold();
        connection.write(frame("a", "b"));
        runTasks();

        connection.abort();

        assertThat(tasks).isEmpty();
        assertThat(sink.closes).isZero();
        assertThat(never).isNotDone();
    }

    @Test
    void afterAnAbortNothingMoreOfTheFrameIsSent() {
        CompletableFuture<Object> stage = sink.hold();
        connection.write(frame("a", "b"));
        runTasks();
        connection.abort();

        stage.complete(null);
        runTasks();

        assertThat(sink.data()).containsExactly("a");
        assertThat(sink.closes).isEqualTo(1);
        expectSilence();
    }

    @Test
    void anAbortBeforeTheTaskRunsStopsTheFrame() {
        connection.write(frame("a"));
        connection.abort();

        runTasks();

        assertThat(sink.events).isEmpty();
        assertThat(sink.closes).isEqualTo(1);
    }

    @Test
    void anAbortWithNothingInFlightClosesTheSinkOffTheLane() {
        connection.abort();
        assertThat(sink.closes).isZero();

        runTasks();

        assertThat(sink.closes).isEqualTo(1);
        expectSilence();
    }

    /** A stream that was refused: the runtime answers what the resource method throws. */
    @Test
    void anAbortInsteadOfTheOpeningLeavesTheSinkToTheRuntime() {
        new SinkConnection(sink, tasks::add).abort();

        runTasks();

        assertThat(sink.closes).isZero();
    }

    @Test
    void aSinkThatCannotBeClosedIsLeftAlone() {
        var broken = new SinkConnection(new ThrowingSink(), tasks::add);
        broken.open(listener);

        broken.end();

        runTasks();
        assertThat(listener.closed).isZero();
    }

    private void expectGone(int sent) {
        assertThat(sink.events).hasSize(sent);
        assertThat(listener.closed).isEqualTo(1);
        assertThat(listener.writable).isEqualTo(1);
        assertThat(sink.closes).isEqualTo(1);
    }

    /** The first "writable" was that of the opening. */
    private void expectSilence() {
        assertThat(listener.writable).isEqualTo(1);
        assertThat(listener.closed).isZero();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static Frame frame(String... data) {
        return Frame.merge(List.of(data).stream()
                .map(text -> EventStreamEncoder.encode(StreamBlock.event(text, Optional.empty(), text)))
                .toList());
    }

    private static final class Listener implements Connection.Listener {
        private int writable;
        private int closed;

        @Override
        public void writable() {
            writable++;
        }

        @Override
        public void closed() {
            closed++;
        }
    }
}
