package org.tidings.server.transport;

import java.net.SocketAddress;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.glassfish.grizzly.nio.NIOConnection;
import org.tidings.wire.Frame;

/** HTTP/1.1, or 1.0, over TLS: frames go through Grizzly's filters, which encrypt them for this client. */
final class TlsConnection extends GrizzlyConnection {
    private final boolean chunked;
    private final Stalled stalled;

    /** @param chunked whether the response has the transfer coding; a client of HTTP/1.0 knows none */
    TlsConnection(NIOConnection socket, boolean chunked, Stalled stalled) {
        super(socket);
        this.chunked = chunked;
        this.stalled = stalled;
    }

    @Override
    @SuppressWarnings("unchecked") // Grizzly's own declaration is raw
    boolean send(Frame frame) {
        var written = new Written<WriteResult<Object, SocketAddress>>();
        socket().write(null, new ByteBufferWrapper(chunked ? frame.chunk() : frame.payload()), written);
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
