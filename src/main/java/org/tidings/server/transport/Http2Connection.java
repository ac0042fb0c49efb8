package org.tidings.server.transport;

import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http2.Http2Stream;
import org.glassfish.grizzly.http2.frames.ErrorCode;
import org.glassfish.grizzly.http2.frames.RstStreamFrame;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.glassfish.grizzly.nio.NIOConnection;
import org.tidings.wire.Frame;

/**
 * One stream of an HTTP/2 connection, which has others: what ends this one leaves them alone, and when the connection
 * ends, each hears it.
 *
 * <p>That the client has reset the stream (an {@code EventSource} was closed) is noticed at the next write, a
 * heartbeat's at the latest: Grizzly tells nobody.
 */
final class Http2Connection extends GrizzlyConnection {
    private final Request request;
    private final Http2Stream stream;
    private final Stalled stalled;
    private volatile boolean resetSent;

    Http2Connection(NIOConnection socket, Request request, Stalled stalled) {
        super(socket);
        this.request = request;
        this.stalled = stalled;
        this.stream = Http2Stream.getStreamFor(request.getRequest());
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's own declaration is
    boolean send(Frame frame) {
        var written = new Written<WriteResult>();
        HttpContent content = request.getResponse()
                .getResponse()
                .httpContentBuilder()
                .content(new ByteBufferWrapper(frame.payload()))
                .last(false)
                .build();
        request.getContext().write(null, content, written);
        return written.isComplete();
    }

    @Override
    void finish() {
        if (request.getResponse().isSuspended()) {
            request.getResponse().resume();
        }
    }

    @Override
    void cut() {
        if (stream.isOpen()) {
            sendReset();
        }
        stream.terminateSilently();
        cancelRequest();
    }

    /** Grizzly would not, and the client would wait for more for ever. */
    private void sendReset() {
        resetSent = true;
        var reset = RstStreamFrame.builder()
                .streamId(stream.getId())
                .errorCode(ErrorCode.CANCEL)
                .build();
        Sockets.writeLast(reset, this, stalled);
    }

    /** A client that does not even take the reset takes nothing of the whole connection. */
    @Override
    void stalled() {
        if (resetSent) {
            Sockets.reset(socket());
        } else {
            super.stalled();
        }
    }

    /**
     * Grizzly does this when a stream ends, but not where its client has reset it: the request would count as one that
     * still runs, for which the stop waits, and would be kept until then.
     */
    @SuppressWarnings("deprecation") // cancel() would go on to finish the response
    private void cancelRequest() {
        try {
            ((Response.SuspendedContextImpl) request.getResponse().getSuspendContext()).markCancelled();
        } catch (IllegalStateException e) {
            return; // Grizzly has done it
        }
        request.getContext().completeAndRelease();
    }

    @Override
    void watch(CloseListener<Closeable, CloseType> closed) {
        stream.addCloseListener(closed);
    }

    @Override
    void unwatch(CloseListener<Closeable, CloseType> closed) {
        stream.removeCloseListener(closed);
    }
}
