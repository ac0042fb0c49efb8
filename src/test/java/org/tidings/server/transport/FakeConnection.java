package org.tidings.server.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.tidings.wire.Frame;

/** A connection without a client: takes frames, or holds the newest until the test says so. */
final class FakeConnection extends GrizzlyConnection {
    private static final TCPNIOTransport TRANSPORT =
            TCPNIOTransportBuilder.newInstance().build();

    private final List<String> frames = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private boolean stalled;
    private Runnable duringWrite = () -> {};
    private Written<Object> held;

    FakeConnection() throws IOException {
        super(new TCPNIOConnection(TRANSPORT, SocketChannel.open()));
    }

    /** The next frames are held. */
    void stall() {
        stalled = true;
    }

    /** What happens on another thread while the next frame is written. */
    void duringWrite(Runnable action) {
        duringWrite = action;
    }

    /** The client takes what is held. */
    void take() {
        held.completed(null);
    }

    /** The client goes while it holds up a frame. */
    void fail() {
        held.failed(new IOException("connection reset"));
    }

    List<String> frames() {
        return frames;
    }

    /** What was done to the socket in the end. */
    List<String> ends() {
        return ends;
    }

    @Override
    boolean send(Frame frame) throws IOException {
        frames.add(frame.toString().strip());
        held = new Written<>();
        Runnable action = duringWrite;
        duringWrite = () -> {};
        if (!stalled) {
            held.completed(null);
        }
        boolean complete = held.isComplete();
        action.run();
        return complete;
    }

    @Override
    void finish() {
        ends.add("finished");
    }

    @Override
    void cut() {
        ends.add("cut");
    }
}
