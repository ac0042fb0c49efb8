package org.tidings.rest.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tidings.foreign.ForeignObject;

/**
 * Jersey over Payara's Catalina, which is over Grizzly. The sink is closed: Jersey would complete the asynchronous
 * context a second time.
 *
 * <p>The end of what is below is a connection on HTTP/1 and a stream of one on HTTP/2, which has no options of its own.
 */
final class PayaraResponse implements NativeResponse {
    private static final String[] FROM_REQUEST_TO_CLOSEABLE = {
        "getUnwrappedCoyoteRequest",
        "getCoyoteRequest",
        "getRequest",
        "getProcessingState",
        "getHttpContext",
        "getCloseable"
    };

    private final SseEventSink sink;
    private final ForeignObject closeable; // org.glassfish.grizzly.Closeable
    private final BooleanSupplier open;

    private PayaraResponse(SseEventSink sink, ForeignObject closeable, BooleanSupplier open) {
        this.sink = sink;
        this.closeable = closeable;
        this.open = open;
    }

    /** Empty: what is below cannot be found. */
    static Optional<NativeResponse> of(SseEventSink sink, ForeignObject request) {
        return request.follow(FROM_REQUEST_TO_CLOSEABLE)
                .flatMap(closeable ->
                        closeable.question("isOpen").map(open -> new PayaraResponse(sink, closeable, open)));
    }

    /** Grizzly's own queue takes another frame only when it is empty. */
    @Override
    public void prepare(String protocol, HttpServletResponse response) {
        if (protocol.equals(HTTP_1_1)) {
            response.setHeader("Connection", "close");
            set(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            closeable.call("setMaxAsyncWriteQueueSize", 1);
        }
    }

    /** A client resets a stream of HTTP/2, and Grizzly drops what is written to it from then on. */
    @Override
    public boolean isGone() {
        return !open.getAsBoolean();
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
        closeable.call("terminateSilently");
    }

    private <T> void set(SocketOption<T> option, T value) {
        try {
            if (closeable.call("getChannel").map(ForeignObject::object).orElse(null) instanceof SocketChannel channel) {
                channel.setOption(option, value);
            }
        } catch (IOException | RuntimeException e) {
            // The connection is closed.
        }
    }
}
