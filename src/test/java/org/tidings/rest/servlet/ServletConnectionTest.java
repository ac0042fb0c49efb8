package org.tidings.rest.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.tidings.hub.Connection;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/** The rules of non-blocking output, on the test's thread. */
class ServletConnectionTest {
    private static final Frame FRAME = EventStreamEncoder.encode(StreamBlock.comment("x"));

    private final FakeOutput out = new FakeOutput();
    private final List<String> told = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private boolean gone;
    private final ServletConnection connection = new ServletConnection(out, new NativeResponse() {
        @Override
        public void prepare(String protocol, HttpServletResponse response) {
            throw new AssertionError("the transport does it");
        }

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public void end() {
            done.add("end");
        }

        @Override
        public void cut() {
            done.add("cut");
        }
    });

    private final Connection.Listener lane = new Connection.Listener() {
        @Override
        public void writable() {
            told.add("writable");
        }

        @Override
        public void closed() {
            told.add("closed");
        }
    };

    @Test
    void isWritableOnceTheContainerAndTheLaneAreThereWhicheverComesLast() {
        connection.onWritePossible(); // Payara: from within setWriteListener, before the lane has opened it
        assertThat(told).isEmpty();
        connection.open(lane);
        assertThat(told).containsExactly("writable");
    }

    @Test
    void isNotWritableBeforeTheContainerSaysSo() {
        connection.open(lane);
        assertThat(told).isEmpty();
        connection.onWritePossible(); // Undertow: when the request's thread has left
        assertThat(told).containsExactly("writable");
    }

    @Test
    void aFrameIsOneWriteAndAFlush() throws IOException {
        begin();
        assertThat(connection.write(FRAME)).isTrue();
        assertThat(connection.write(FRAME)).isTrue();
        assertThat(out.written).containsExactly(": x\n\n", ": x\n\n");
        assertThat(out.flushes).isEqualTo(2);
    }

    @Test
    void whatTheClientDoesNotTakeIsFlushedWhenItDoes() throws IOException {
        begin();
        assertThat(writeWhileTheClientStops()).isFalse();
        assertThat(out.flushes).isZero();

        out.drain(connection);

        assertThat(out.flushes).isEqualTo(1);
        assertThat(told).containsExactly("writable", "writable");
    }

    /** The lane would wait for the container's thread, if that waited for something itself. */
    @Test
    void theLaneHearsUnderNoLock() {
        connection.open(new Connection.Listener() {
            @Override
            public void writable() {
                assertThat(CompletableFuture.runAsync(connection::abort)).succeedsWithin(Duration.ofSeconds(10));
            }

            @Override
            public void closed() {}
        });

        connection.onWritePossible();

        assertThat(done).containsExactly("cut", "end");
    }

    /** Else the tail of an event would lie in the container until the next one comes. */
    @Test
    void theContainersNoticeMayComeBeforeTheWriteReturns() throws IOException {
        begin();
        out.whenNotReady = () -> {
            out.whenNotReady = () -> {};
            out.drain(connection); // on another thread, at the earliest moment
            out.ready = false;
        };

        assertThat(writeWhileTheClientStops()).isFalse();

        assertThat(out.flushes).isEqualTo(1);
        assertThat(told).containsExactly("writable", "writable");
    }

    @Test
    void aWriteThatThrowsIsTheNewsThatTheClientHasGone() throws IOException {
        begin();
        out.gone = true;
        assertThatThrownBy(() -> connection.write(FRAME)).isInstanceOf(IOException.class);
        connection.abort();
        assertThat(done).containsExactly("cut", "end");
    }

    /** On Payara: a browser closed one of its streams over HTTP/2, and was written to for as long as it was open. */
    @Test
    void nothingIsWrittenToAClientThatTheServerKnowsToHaveGone() {
        begin();
        gone = true;
        assertThatThrownBy(() -> connection.write(FRAME)).isInstanceOf(ClosedChannelException.class);
        assertThat(out.written).isEmpty();
    }

    @Test
    void aFlushThatThrowsInTheContainersNoticeIsToldToTheLane() throws IOException {
        begin();
        writeWhileTheClientStops();
        out.gone = true;
        out.drain(connection);
        assertThat(told).containsExactly("writable", "closed");
        assertThatThrownBy(() -> connection.write(FRAME)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void whatTheContainerTellsOfAnEndIsToldToTheLane() {
        begin();
        connection.onError(new IOException("Connection is closed"));
        connection.onComplete(null);
        connection.onTimeout(null);
        assertThat(told).containsExactly("writable", "closed", "closed", "closed");
    }

    @Test
    void aClientThatWasGoneBeforeTheLaneCameIsToldToIt() {
        connection.onError(new IOException("Connection is closed"));
        connection.open(lane);
        assertThat(told).containsExactly("closed");
    }

    /** A stream that was refused when its response had begun. */
    @Test
    void anAbortInsteadOfTheOpeningCutsTheResponse() {
        out.drain(connection);

        connection.abort();

        assertThat(done).containsExactly("cut", "end");
        connection.onComplete(null);
        assertThat(told).isEmpty();
    }

    @Test
    void endsOnceAndInGoodOrder() {
        begin();
        connection.end();
        connection.abort();
        assertThat(done).containsExactly("end");
    }

    @Test
    void nothingIsWrittenAfterTheEnd() throws IOException {
        begin();
        writeWhileTheClientStops();
        connection.abort();

        out.drain(connection);

        assertThat(out.flushes).isZero();
        assertThat(told).containsExactly("writable");
        assertThatThrownBy(() -> connection.write(FRAME)).isInstanceOf(ClosedChannelException.class);
    }

    private void begin() {
        connection.open(lane);
        out.drain(connection);
    }

    /** The frame is taken, and then the client takes no more. */
    private boolean writeWhileTheClientStops() throws IOException {
        out.stopAfterWrite = true;
        return connection.write(FRAME);
    }
}
