package org.tidings.server.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.tidings.wire.Frame;

/** HTTP/1.1, or 1.0, without TLS: frames go straight to the socket. What it does not take at once, Grizzly writes. */
final class PlainConnection extends GrizzlyConnection {
    private final Staging staging;
    private final SocketChannel channel;
    private final boolean chunked;
    private final Stalled stalled;
    private boolean headSent; // the writer's: once it is, Grizzly has nothing but the rest of our own last frame

    /** @param chunked whether the response has the transfer coding; a client of HTTP/1.0 knows none */
    PlainConnection(NIOConnection socket, Staging staging, boolean chunked, Stalled stalled) {
        super(socket);
        this.staging = staging;
        this.channel = (SocketChannel) socket.getChannel();
        this.chunked = chunked;
        this.stalled = stalled;
    }

    @Override
    boolean send(Frame frame) throws IOException {
        int sent = 0;
        if (headSent || socket().getAsyncWriteQueue().spaceInBytes() == 0) {
            headSent = true;
            ByteBuffer bytes = chunked ? staging.chunk(frame) : frame.payload();
            channel.write(bytes);
            if (!bytes.hasRemaining()) {
                return true;
            }
            sent = bytes.position();
        }
        ByteBuffer rest = chunked ? frame.chunk() : frame.payload();
        rest.position(sent);
        var written = new Written<WriteResult<WritableMessage, SocketAddress>>();
        ((TCPNIOTransport) socket().getTransport())
                .getAsyncQueueIO()
                .getWriter()
                .write(socket(), new ByteBufferWrapper(rest), written);
        return written.isComplete();
    }

    @Override
    void finish() {
        Sockets.finish(this, chunked, stalled);
    }

    @Override
    void cut() {
        Sockets.reset(socket());
    }
}
