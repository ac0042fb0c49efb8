package org.tidings.server.transport;

import java.nio.ByteBuffer;
import org.glassfish.grizzly.nio.NIOConnection;
import org.tidings.wire.Frame;

/** HTTP/1.1, or 1.0: the socket carries this stream alone, and ends with it. */
abstract class Http1Connection extends GrizzlyConnection {
    private final boolean chunked;
    private final Stalled stalled;

    /** @param chunked whether the response has the transfer coding; a client of HTTP/1.0 knows none */
    Http1Connection(NIOConnection socket, boolean chunked, Stalled stalled) {
        super(socket);
        this.chunked = chunked;
        this.stalled = stalled;
    }

    final boolean isChunked() {
        return chunked;
    }

    /** What this client gets for the frame; a view with a position of its own. */
    final ByteBuffer bytes(Frame frame) {
        return chunked ? frame.chunk() : frame.payload();
    }

    @Override
    final void finish() {
        Sockets.finish(this, chunked, stalled);
    }

    @Override
    final void cut() {
        Sockets.reset(socket());
    }
}
