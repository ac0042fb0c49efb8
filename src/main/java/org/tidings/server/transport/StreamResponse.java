package org.tidings.server.transport;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
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
    private static final System.Logger LOG = System.getLogger(StreamResponse.class.getName());

    /** Instead of a thread, once there is an answer. */
    private static final Object ANSWERED = new Object();

    /**
     * The thread that answers, once there is one: whichever comes first of the one that starts the stream and the one
     * that has an exception of the resource method. What others would answer is dropped.
     */
    private final AtomicReference<Object> answering = new AtomicReference<>();

    private final GrizzlyConnection connection;

    // Until there is an answer; then everything that belongs to the request is let go. It may be another's soon.
    private Request request;
    private AsyncContext async;
    private ContainerResponseWriter writer;

    private boolean streaming; // the response that Jersey is writing is the stream's
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
        if (!answering.compareAndSet(null, Thread.currentThread())) {
            return;
        }
        streaming = true;
        if (!async.resume((StreamingOutput) OutputStream::flush)) {
            failure(new IllegalStateException("the resource method failed while its stream began"));
        }
        if (!taken) {
            connection.lost(); // it was answered otherwise, or there is nobody to answer
        }
        letGo();
    }

    private boolean isAnswering() {
        Thread own = Thread.currentThread();
        return answering.compareAndSet(null, own) || answering.get() == own;
    }

    @Override
    public OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse response) {
        if (!isAnswering()) { // the method threw an exception behind the first event: too late to tell
            return OutputStream.nullOutputStream();
        }
        streaming &= response.getStatus() == 200 && request.getMethod() != Method.HEAD;
        if (!streaming) {
            return writer.writeResponseStatusAndHeaders(length, response);
        }
        if (connection instanceof Http1Connection) {
            response.getHeaders().putSingle("Connection", "close"); // no request can follow
        }
        OutputStream stream = writer.writeResponseStatusAndHeaders(-1, response);
        if (request.getProtocol() == Protocol.HTTP_1_0) {
            request.getResponse().getResponse().setChunked(false); // Grizzly has made it so: it asks for a length only
        }
        return new FilterOutputStream(stream) {
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
        if (!isAnswering()) {
            return;
        }
        if (!streaming) {
            answered();
            connection.lost();
            return;
        }
        taken = true;
        Request own = request;
        letGo();
        Sockets.unbound(connection.socket());
        if (connection instanceof Http1Connection) {
            detach(own);
        }
        connection.attach();
    }

    /** Sends the answer, which is not the stream's. */
    private void answered() {
        ContainerResponseWriter own = writer;
        letGo();
        own.commit();
    }

    private void letGo() {
        answering.set(ANSWERED);
        request = null;
        async = null;
        writer = null;
    }

    /** Lets Grizzly finish the request without ending the response: see {@link Sockets#detach}. */
    @SuppressWarnings("deprecation") // resume() would give request and response to others while the method has them
    private void detach(Request own) {
        FilterChainContext context = own.getContext();
        Sockets.detach(connection.socket(), own);
        try {
            ((Response.SuspendedContextImpl) own.getResponse().getSuspendContext()).markCancelled();
        } catch (IllegalStateException e) {
            return; // the client has gone meanwhile, and Grizzly has done all this
        }
        context.resume();
    }

    /** Makes the answer a 500 and sends it; nobody else would, for this may be a thread of the application's. */
    @Override
    public void failure(Throwable error) {
        connection.lost();
        if (!isAnswering()) {
            return;
        }
        try {
            writer.failure(error);
        } catch (RuntimeException e) { // always: the error, for the container
            boolean gone = error.getCause() instanceof IOException;
            LOG.log(gone ? Level.DEBUG : Level.ERROR, "A request for a stream failed", error);
        }
        answered();
    }

    @Override
    public boolean suspend(long timeout, TimeUnit unit, TimeoutHandler handler) {
        return writer != null && writer.suspend(timeout, unit, handler);
    }

    @Override
    public void setSuspendTimeout(long timeout, TimeUnit unit) {
        if (writer != null) {
            writer.setSuspendTimeout(timeout, unit);
        }
    }

    @Override
    public boolean enableResponseBuffering() {
        return writer != null && writer.enableResponseBuffering();
    }
}
