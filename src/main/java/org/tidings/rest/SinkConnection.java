package org.tidings.rest;

import jakarta.ws.rs.sse.SseEventSink;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.tidings.hub.Connection;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;

/**
 * A connection over the sink of any Jakarta REST runtime. One event is in flight, the next follows when its stage
 * completes.
 *
 * <p>Every call that the sink may block in ({@code send} in Jersey, {@code close} in RESTEasy) is made by a task on the
 * writers' threads, of which a connection never has two. While a frame is with the sink nobody else touches it, even to
 * abort: the sink may hold it for ever, and so the one who tries. It is closed when the frame comes back.
 */
final class SinkConnection implements Connection {
    private enum State {
        /** Nothing is with the sink. */
        IDLE,
        /** A frame is. */
        SENDING,
        /** A frame is, and it is the last. */
        ENDING,
        /** A frame is, and no more of it than the event in flight is wanted. */
        ABORTED,
        CLOSED
    }

    // Immutable.
    private final SseEventSink sink;
    private final Executor writers;
    private final TextLines lines;

    // Moved by the lane and by the task that has the frame.
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    // Set on the lane before the first task, which the executor hands it to.
    private Listener listener;

    // Whose the frame is: a task's, or of whoever completes the stage of its event. One after the other.
    private boolean writesFrames;

    SinkConnection(SseEventSink sink, Executor writers) {
        this.sink = sink;
        this.writers = writers;
        this.lines = TextLines.of(sink.getClass());
    }

    @Override
    public void open(Listener connectionListener) {
        listener = connectionListener;
        connectionListener.writable();
    }

    @Override
    public boolean write(Frame frame) {
        if (state.compareAndSet(State.IDLE, State.SENDING)) {
            writers.execute(() -> send(events(frame)));
        }
        return false;
    }

    @Override
    public void end() {
        stop(State.ENDING);
    }

    /** A sink that was not opened is left to the runtime, which answers what the resource method throws. */
    @Override
    public void abort() {
        if (listener != null) {
            stop(State.ABORTED);
        }
    }

    private void stop(State whileSending) {
        State before =
                state.getAndUpdate(now -> now == State.SENDING ? whileSending : now == State.IDLE ? State.CLOSED : now);
        if (before == State.IDLE) {
            writers.execute(this::close);
        }
    }

    /**
     * One for each block, unless it is known that the runtime lets {@link FrameEventWriter} write: then all at once.
     */
    private Iterator<FrameEvent> events(Frame frame) {
        List<Frame> frames = writesFrames || frame.blocks().size() == 1
                ? List.of(frame)
                : frame.blocks().stream().map(EventStreamEncoder::encode).toList();
        return frames.stream().map(part -> new FrameEvent(part, lines)).iterator();
    }

    private void send(Iterator<FrameEvent> events) {
        if (state.get() == State.ABORTED) {
            close();
            return;
        }
        try {
            FrameEvent event = events.next();
            if (sink.isClosed()) {
                fail();
                return;
            }
            sink.send(event).whenComplete((value, failure) -> sent(event, events, value, failure));
        } catch (RuntimeException e) {
            // IllegalStateException: closed meanwhile. Whatever else a runtime throws, this sink will not do better.
            fail();
        }
    }

    /** On whatever thread completes the stage: goes on elsewhere. */
    private void sent(FrameEvent event, Iterator<FrameEvent> events, Object value, Throwable failure) {
        writesFrames |= event.isWritten();
        if (failure != null || value instanceof Throwable) { // Jersey completes the stage normally with the exception
            fail();
        } else if (events.hasNext()) {
            writers.execute(() -> send(events));
        } else if (state.compareAndSet(State.SENDING, State.IDLE)) {
            listener.writable();
        } else {
            writers.execute(this::close);
        }
    }

    private void fail() {
        state.set(State.CLOSED);
        writers.execute(this::close);
        listener.closed();
    }

    private void close() {
        state.set(State.CLOSED);
        try {
            sink.close();
        } catch (RuntimeException e) {
            // The client went first: there is nothing left to close.
        }
    }
}
