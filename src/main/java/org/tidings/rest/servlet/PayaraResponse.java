package org.tidings.rest.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * Jersey over Payara's Catalina, which is over Grizzly. The sink is closed: Jersey would complete the asynchronous
 * context a second time.
 *
 * <p>The end of what is below is a connection on HTTP/1 and a stream of one on HTTP/2, which has no options of its own.
 */
final class PayaraResponse implements NativeResponse {
    private final SseEventSink sink;
    private final ServletRequest request;
    private final Object closeable; // org.glassfish.grizzly.Closeable

    PayaraResponse(SseEventSink sink, ServletRequest request) throws ReflectiveOperationException {
        this.sink = sink;
        this.request = request;
        Object catalina = Reflected.call(request, "getUnwrappedCoyoteRequest");
        Object grizzly = Reflected.call(catalina, "getCoyoteRequest");
        Object state = Reflected.call(Reflected.call(grizzly, "getRequest"), "getProcessingState");
        this.closeable = Reflected.call(Reflected.call(state, "getHttpContext"), "getCloseable");
    }

    /** Grizzly's own queue takes another frame only when it is empty. */
    @Override
    public void prepare(HttpServletResponse response) {
        if (HTTP_1_1.equals(request.getProtocol())) {
            response.setHeader("Connection", "close");
            set(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            Reflected.tryCall(closeable, "setMaxAsyncWriteQueueSize", 1);
        }
    }

    @Override
    public void end() {
        try {
            sink.close();
        } catch (Exception e) { // IOException in Jakarta REST 4.0
            // The client has gone.
        }
    }

    @Override
    public void cut() {
        set(StandardSocketOptions.SO_LINGER, 0); // RST: else the kernel goes on keeping what is unsent
        Reflected.tryCall(closeable, "terminateSilently");
    }

    private <T> void set(SocketOption<T> option, T value) {
        try {
            if (Reflected.call(closeable, "getChannel") instanceof SocketChannel channel) {
                channel.setOption(option, value);
            }
        } catch (ReflectiveOperationException | RuntimeException | IOException e) {
            // HTTP/2, or the connection is closed.
        }
    }
}
