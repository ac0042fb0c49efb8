package org.tidings.server.transport;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.jersey.server.AsyncContext;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;

/**
 * The answer to a request for a stream. Jersey writes its head like any other's; then Jersey believes that the response
 * is complete, as does Grizzly's HTTP layer (but for HTTP/2), and the connection is a {@link GrizzlyConnection}'s.
 *
 * <p>Whatever else the request is answered by (an exception of the resource method, what a filter made of it, HEAD)
 * goes its ordinary way, and the connection is told that there is no stream.
 */
final class StreamResponse implements ContainerResponseWriter {
    private final AtomicBoolean started = new AtomicBoolean();
    private final GrizzlyConnection connection;

    // Until the head is out; then everything that belongs to the request is let go.
    private Request request;
    private AsyncContext async;
    private ContainerResponseWriter writer;

    private volatile boolean streaming; // the response that Jersey is writing is the stream's
    private volatile boolean taken;

    private StreamResponse(
            GrizzlyConnection connection, Request request, AsyncContext async, ContainerResponseWriter writer) {
        this.connection = connection;
        this.request = request;
        this.async = async;
        this.writer = writer;
    }

    /** From now on this is what Jersey writes the request's response to. */
    static StreamResponse of(
            GrizzlyConnection connection, Request request, ContainerRequest jersey, AsyncContext async) {
        var response = new StreamResponse(connection, request, async, jersey.getResponseWriter());
        jersey.setWriter(response);
        return response;
    }

    /**
     * Sends the head, unless that was done. Returns when it is with the socket, or when it is clear that it never is.
     */
    void start() {
        if (started.getAndSet(true)) {
            return;
        }
        if (!(connection instanceof Http2Connection)) {
            request.getResponse().setHeader("Connection", "close"); // no request can follow
        }
        streaming = true;
        async.resume((StreamingOutput) OutputStream::flush);
        async = null;
        if (!taken) {
            connection.lost(); // it was answered otherwise, or there is nobody to answer
        }
    }

    @Override
    public OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse response) {
        if (taken) { // the method threw an exception behind the first event: too late to tell
            return OutputStream.nullOutputStream();
        }
        streaming &= response.getStatus() == 200 && request.getMethod() != Method.HEAD;
        if (!streaming) {
            return writer.writeResponseStatusAndHeaders(length, response);
        }
        return new FilterOutputStream(writer.writeResponseStatusAndHeaders(-1, response)) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                out.write(bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }
        };
    }

    @Override
    public void commit() {
        if (taken) {
            return;
        }
        if (!streaming) {
            writer.commit();
            connection.lost();
            return;
        }
        taken = true;
        Request own = request;
        request = null;
        writer = null;
        connection.socket().setMaxAsyncWriteQueueSize(-1); // it holds one frame of ours: nothing to be bounded
        if (!(connection instanceof Http2Connection)) {
            detach(own);
        }
        connection.attach();
    }

    /**
     * Lets Grizzly finish the request without ending the response. It frees all that belongs to it, and reads on as for
     * the next request: a client that goes, or speaks, is noticed.
     */
    @SuppressWarnings("deprecation") // resume() would give request and response to others while the method has them
    private void detach(Request own) {
        Response response = own.getResponse();
        FilterChainContext context = own.getContext();
        Sockets.bound(connection.socket());
        IdleTimeoutFilter.setCustomTimeout(connection.socket(), -1, TimeUnit.SECONDS);
        StreamFilters.detach(connection.socket());
        response.getResponse().setExpectContent(false); // it encodes nothing more, no last chunk either
        own.getRequest().getProcessingState().setKeepAlive(true); // and does not close
        try {
            ((Response.SuspendedContextImpl) response.getSuspendContext()).markCancelled();
        } catch (IllegalStateException e) {
            return; // the client has gone meanwhile, and Grizzly has done all this
        }
        context.resume();
    }

    @Override
    public void failure(Throwable error) {
        connection.lost();
        if (!taken) {
            writer.failure(error);
        }
    }

    @Override
    public boolean suspend(long timeout, TimeUnit unit, TimeoutHandler handler) {
        return writer.suspend(timeout, unit, handler);
    }

    @Override
    public void setSuspendTimeout(long timeout, TimeUnit unit) {
        writer.setSuspendTimeout(timeout, unit);
    }

    @Override
    public boolean enableResponseBuffering() {
        return writer != null && writer.enableResponseBuffering();
    }
}
