package org.tidings.server.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.tidings.wire.Frame;

/** How a socket that carries one stream is bounded and ended. */
final class Sockets {
    /**
     * What the kernel may hold for a client that reads nothing; left to itself it takes up to 4 MiB. Enough for 64 KiB
     * per round trip: 6 Mbit/s to a client that is 80 ms away.
     */
    private static final int SEND_BUFFER = 64 * 1024;

    private Sockets() {}

    /** For a connection whose frames are bounded before they come here: it holds one of them at a time. */
    static void unbound(NIOConnection socket) {
        socket.setMaxAsyncWriteQueueSize(-1);
    }

    /**
     * Has Grizzly finish the request, when it comes to that, without ending the response. It then frees all that
     * belongs to it, and reads on as for the next request: a client that goes, or speaks, is noticed.
     */
    static void detach(NIOConnection socket, Request request) {
        bound(socket);
        IdleTimeoutFilter.setCustomTimeout(socket, -1, TimeUnit.SECONDS);
        StreamFilters.detach(socket);
        request.getResponse().getResponse().setExpectContent(false); // it encodes nothing more, no last chunk either
        request.getRequest().getProcessingState().setKeepAlive(true); // and does not close
    }

    static void bound(NIOConnection socket) {
        try {
            channel(socket).setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        } catch (IOException e) {
            // It is closed already, as the listener will hear.
        }
    }

    /**
     * Ends the response and closes, behind what was written. A client that does not even take the last chunk is cut
     * like any that is stalled: its lane, or its sink, has let go of it.
     */
    static void finish(GrizzlyConnection connection, boolean chunked, Stalled stalled) {
        if (chunked) {
            writeLast(new ByteBufferWrapper(Frame.lastChunk()), connection, stalled);
        }
        connection.socket().closeSilently();
    }

    /** Writes the last words of a connection. A client that does not even take these is cut as a stalled one. */
    static void writeLast(Object words, GrizzlyConnection connection, Stalled stalled) {
        stalled.watch(connection);
        connection.socket().write(words, new EmptyCompletionHandler<WriteResult<Object, SocketAddress>>() {
            @Override
            public void completed(WriteResult<Object, SocketAddress> result) {
                stalled.forget(connection);
            }

            @Override
            public void failed(Throwable failure) {
                stalled.forget(connection);
            }

            @Override
            public void cancelled() {
                stalled.forget(connection);
            }
        });
    }

    /** Closes now and drops what is unsent: without this the kernel would go on keeping it for the client. */
    static void reset(NIOConnection socket) {
        try {
            channel(socket).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        socket.terminateSilently();
    }

    private static SocketChannel channel(NIOConnection socket) {
        return (SocketChannel) socket.getChannel();
    }
}
