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

/** Without TLS: frames go straight to the socket. What it does not take at once, Grizzly writes. */
final class PlainConnection extends Http1Connection {
    private final Staging staging;
    private final SocketChannel channel;
    private boolean headSent; // the writer's: once it is, Grizzly has nothing but the rest of our own last frame

    PlainConnection(NIOConnection socket, Staging staging, boolean chunked, Stalled stalled) {
        super(socket, chunked, stalled);
        this.staging = staging;
        this.channel = (SocketChannel) socket.getChannel();
    }

    @Override
    boolean send(Frame frame) throws IOException {
        int sent = 0;
        if (headSent || socket().getAsyncWriteQueue().spaceInBytes() == 0) {
            headSent = true;
            ByteBuffer bytes = isChunked() ? staging.chunk(frame) : frame.payload();
            channel.write(bytes);
            if (!bytes.hasRemaining()) {
                return true;
            }
            sent = bytes.position();
        }
        ByteBuffer rest = bytes(frame);
        rest.position(sent);
        var written = new Written<WriteResult<WritableMessage, SocketAddress>>();
        ((TCPNIOTransport) socket().getTransport())
                .getAsyncQueueIO()
                .getWriter()
                .write(socket(), new ByteBufferWrapper(rest), written);
        return written.isComplete();
    }
}
