package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.tidings.testkit.EventStreamParser;
import org.tidings.testkit.ReceivedEvent;

/** An event stream as Java's HttpClient hears it, by HTTP/1.1 or HTTP/2. */
final class SseResponse implements AutoCloseable {
    private final InputStream body;
    private final EventStreamParser parser = new EventStreamParser();
    private final Queue<ReceivedEvent> heard = new ArrayDeque<>();
    private final byte[] buffer = new byte[8192];

    SseResponse(HttpResponse<InputStream> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        body = response.body();
    }

    ReceivedEvent next() throws IOException {
        while (heard.isEmpty()) {
            if (!read()) {
                throw new AssertionError("the stream ended");
            }
        }
        return heard.remove();
    }

    /** Reads until the response ends in good order; gives the events until then. */
    List<ReceivedEvent> rest() throws IOException {
        while (read()) {
            // The parser has it.
        }
        return new ArrayList<>(heard);
    }

    /** Leaves: HTTP/2 resets the stream. */
    @Override
    public void close() throws IOException {
        body.close();
    }

    private boolean read() throws IOException {
        int length = body.read(buffer);
        if (length < 0) {
            return false;
        }
        heard.addAll(parser.feed(ByteBuffer.wrap(buffer, 0, length)));
        return true;
    }
}
