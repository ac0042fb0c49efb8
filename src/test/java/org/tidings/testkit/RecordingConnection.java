package org.tidings.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidings.hub.Connection;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/**
 * A connection that remembers what it was given and reads when the test says so. Checks the contract of
 * {@link Connection}: one frame at a time, nothing behind the end, one end.
 */
public final class RecordingConnection implements Connection {
    /** How it ended. */
    public enum End {
        ENDED,
        ABORTED
    }

    private final List<StreamBlock> blocks = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private Listener listener;
    private boolean reading;
    private boolean writable;
    private boolean broken;
    private Optional<End> end = Optional.empty();

    private RecordingConnection(boolean reading) {
        this.reading = reading;
    }

    /** A client that takes everything at once. */
    public static RecordingConnection reading() {
        return new RecordingConnection(true);
    }

    /** A client that takes one frame (the kernel's buffers do) and no more until {@link #read}. */
    public static RecordingConnection stalled() {
        return new RecordingConnection(false);
    }

    /** The client reads what its connection holds, and one more frame can be taken. */
    public void readOne() {
        writable = true;
        listener.writable();
    }

    /** The client reads from now on. */
    public void read() {
        reading = true;
        readOne();
    }

    /** It takes the next frame, and nothing more. */
    public void stall() {
        reading = false;
    }

    /** The client goes, as the network tells. */
    public void hangUp() {
        listener.closed();
    }

    /** The next write fails. */
    public void breakDown() {
        broken = true;
    }

    @Override
    public void open(Listener opened) {
        if (listener != null) {
            throw new AssertionError("opened twice");
        }
        listener = opened;
        writable = true;
        listener.writable();
    }

    @Override
    public boolean write(Frame frame) throws IOException {
        if (end.isPresent()) {
            throw new AssertionError("written to behind the end");
        }
        if (!writable) {
            throw new AssertionError("written to while not writable");
        }
        if (broken) {
            throw new IOException("broken pipe");
        }
        frames.add(frame);
        blocks.addAll(frame.blocks());
        writable = reading;
        return reading;
    }

    @Override
    public void end() {
        finish(End.ENDED);
    }

    @Override
    public void abort() {
        finish(End.ABORTED);
    }

    private void finish(End how) {
        if (end.isPresent()) {
            throw new AssertionError("ended twice: " + end.get() + ", then " + how);
        }
        end = Optional.of(how);
    }

    public boolean isOpened() {
        return listener != null;
    }

    public Optional<End> ending() {
        return end;
    }

    /** Everything, in order. */
    public List<StreamBlock> blocks() {
        return blocks;
    }

    public List<Frame> frames() {
        return frames;
    }

    /** The data of the events that are not the hub's own. */
    public List<String> data() {
        return blocks.stream()
                .filter(block -> block.data().isPresent() && !isControl(block))
                .map(block -> block.data().get())
                .toList();
    }

    /** The blocks of one of the hub's own types. */
    public List<StreamBlock> control(String type) {
        return blocks.stream()
                .filter(block -> block.type().filter(type::equals).isPresent())
                .toList();
    }

    /** The last id that the client has heard. */
    public String lastId() {
        String last = "";
        for (StreamBlock block : blocks) {
            last = block.id().orElse(last);
        }
        return last;
    }

    /** The comments: the hub's own words have none, an event has its topic. */
    public List<String> comments() {
        return blocks.stream().flatMap(block -> block.comment().stream()).toList();
    }

    /** How often there was a comment alone. */
    public long heartbeats() {
        return blocks.stream()
                .filter(block -> block.comment().isPresent() && block.data().isEmpty())
                .count();
    }

    private static boolean isControl(StreamBlock block) {
        return block.type().filter(type -> type.startsWith("$")).isPresent();
    }
}
