package org.tidings.server.transport;

import java.net.SocketAddress;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.glassfish.grizzly.nio.NIOConnection;
import org.tidings.wire.Frame;

/** Over TLS: frames go through Grizzly's filters, which encrypt them for this client. */
final class TlsConnection extends Http1Connection {
    TlsConnection(NIOConnection socket, boolean chunked, Stalled stalled) {
        super(socket, chunked, stalled);
    }

    @Override
    @SuppressWarnings("unchecked") // Grizzly's own declaration is raw
    boolean send(Frame frame) {
        var written = new Written<WriteResult<Object, SocketAddress>>();
        socket().write(null, new ByteBufferWrapper(bytes(frame)), written);
        return written.isComplete();
    }
}
