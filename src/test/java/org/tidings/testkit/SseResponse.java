package org.tidings.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** An event stream as Java's HttpClient hears it, by HTTP/1.1 or HTTP/2. */
public final class SseResponse implements AutoCloseable {
    private final HttpClient.Version version;
    private final InputStream body;
    private final EventStreamParser parser = new EventStreamParser();
    private final Queue<ReceivedEvent> heard = new ArrayDeque<>();
    private final byte[] buffer = new byte[8192];

    public SseResponse(HttpResponse<InputStream> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        version = response.version();
        body = response.body();
    }

    /** Asks for one. */
    public static SseResponse open(HttpClient client, URI uri) {
        return openAsync(client, uri).join();
    }

    /**
     * Asks for many of them at once. The first agrees on HTTP/2: clients that do not wait for that open a connection
     * each.
     */
    public static List<SseResponse> open(HttpClient client, URI uri, int count) {
        var streams = new ArrayList<>(List.of(open(client, uri)));
        List<CompletableFuture<SseResponse>> others =
                IntStream.range(1, count).mapToObj(i -> openAsync(client, uri)).toList();
        others.forEach(stream -> streams.add(stream.join()));
        return streams;
    }

    /** Fails in time by itself: a test's own limit does not interrupt a join. */
    private static CompletableFuture<SseResponse> openAsync(HttpClient client, URI uri) {
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream())
                .thenApply(SseResponse::new)
                .orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    public HttpClient.Version version() {
        return version;
    }

    /** The next event, whatever it is. */
    public ReceivedEvent next() throws IOException {
        while (heard.isEmpty()) {
            if (!read()) {
                throw new AssertionError("the stream ended");
            }
        }
        return heard.remove();
    }

    /** Reads until there is an empty comment that has not been read yet: a heartbeat. */
    public void awaitComment() throws IOException {
        long known = emptyComments();
        while (emptyComments() == known) {
            if (!read()) {
                throw new AssertionError("the stream ended");
            }
        }
    }

    private long emptyComments() {
        return parser.comments().stream().filter(String::isBlank).count();
    }

    /** Reads until the response ends in good order; gives the events until then. */
    public List<ReceivedEvent> rest() throws IOException {
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
