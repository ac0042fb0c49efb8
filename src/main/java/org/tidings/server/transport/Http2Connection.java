package org.tidings.server.transport;

import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
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
    private final Closeable stream;

    Http2Connection(NIOConnection socket, Request request) {
        super(socket);
        this.request = request;
        this.stream = request.getRequest().getProcessingState().getHttpContext().getCloseable();
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
        stream.terminateSilently();
        cancelRequest();
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
