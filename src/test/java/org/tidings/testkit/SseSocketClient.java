package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Asks for an event stream over a bare socket (HTTP/1.1, or 1.0), and so sees the bytes as they come: what is a chunk,
 * what a blank line, whether the response was ended or the connection cut. For one thread; waits for anything as long
 * as {@link Patience} has it.
 */
public final class SseSocketClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) Patience.LIMIT.toMillis();
    private static final int NARROW_BYTES = 4 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final EventStreamParser parser = new EventStreamParser();
    private final Queue<ReceivedEvent> heard = new ArrayDeque<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final int status;
    private long asked; // in nanoTime: for what comes next

    private SseSocketClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        status = Integer.parseInt(line().split(" ", 3)[1]);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
    }

    /** Sends a GET with these further header lines and reads the head of the response. */
    public static SseSocketClient open(URI uri, String... headers) throws IOException {
        return send("GET", uri, "HTTP/1.1", List.of(headers), new Socket());
    }

    /** Sends a POST without a body: with header lines that no other client would send. */
    public static SseSocketClient post(URI uri, String... headers) throws IOException {
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: 0");
        return send("POST", uri, "HTTP/1.1", all, new Socket());
    }

    /** Sends a HEAD. */
    public static SseSocketClient head(URI uri) throws IOException {
        return send("HEAD", uri, "HTTP/1.1", List.of(), new Socket());
    }

    /** Sends a GET as a client of HTTP/1.0 does. */
    public static SseSocketClient openHttp10(URI uri) throws IOException {
        return send("GET", uri, "HTTP/1.0", List.of(), new Socket());
    }

    /** Sends a GET; the kernel takes no more than a few kilobytes for this client while it does not read. */
    public static SseSocketClient openNarrow(URI uri, String... headers) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        return send("GET", uri, "HTTP/1.1", List.of(headers), socket);
    }

    /** Sends a GET over this socket, which it connects; as one of TLS. */
    public static SseSocketClient openOver(Socket socket, URI uri) throws IOException {
        return send("GET", uri, "HTTP/1.1", List.of(), socket);
    }

    /** Sends a GET with these bytes in the same packet behind it. */
    public static SseSocketClient openWith(URI uri, String behind) throws IOException {
        return over(uri, request("GET", uri, "HTTP/1.1", List.of()) + behind);
    }

    /** Sends these bytes, whatever they are, and reads the head of the response. */
    public static SseSocketClient over(URI uri, String bytes) throws IOException {
        return over(uri, bytes, new Socket());
    }

    /** Sends another GET on the connection, whose response was read to its end. */
    public SseSocketClient again(URI uri) throws IOException {
        send(request("GET", uri, "HTTP/1.1", List.of()));
        return new SseSocketClient(socket);
    }

    public int status() {
        return status;
    }

    /** The client's port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** The values of a header, joined by a comma; empty if it is not there. */
    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    /** All headers of the response. */
    public Map<String, List<String>> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** The next event, whatever it is. */
    public ReceivedEvent next() throws IOException {
        asked = System.nanoTime();
        while (heard.isEmpty()) {
            if (!readChunk()) {
                throw new AssertionError("the stream ended; it was: " + text());
            }
        }
        return heard.remove();
    }

    /** The next events. */
    public List<ReceivedEvent> next(int count) throws IOException {
        var events = new ArrayList<ReceivedEvent>();
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    /** Reads until the response ends in good order (its last chunk has come); gives the events until then. */
    public List<ReceivedEvent> rest() throws IOException {
        asked = System.nanoTime();
        while (readChunk()) {
            // The parser has it.
        }
        var events = List.copyOf(heard);
        heard.clear();
        return events;
    }

    /**
     * Reads until there is an empty comment that has not been read yet: a heartbeat. Events have their topics as
     * comments.
     */
    public void awaitComment() throws IOException {
        asked = System.nanoTime();
        long known = emptyComments();
        while (emptyComments() == known) {
            if (!readChunk()) {
                throw new AssertionError("the stream ended; it was: " + text());
            }
        }
    }

    private long emptyComments() {
        return parser.comments().stream().filter(String::isBlank).count();
    }

    /** What a browser would send when it came back. */
    public String lastEventId() {
        return parser.lastEventId();
    }

    /** What the stream said so far, without the transfer coding. */
    public String text() {
        return body.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Sends bytes on the open stream. */
    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** Says that it will send nothing more, and could still read. */
    public void closeHalf() throws IOException {
        socket.shutdownOutput();
    }

    /** Cuts the connection: the server hears a reset at once. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** What comes until the server closes, as it comes. */
    public String untilClosed() throws IOException {
        return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The body of a response that has a length. */
    public String content() throws IOException {
        return new String(in.readNBytes(Integer.parseInt(header("Content-Length"))), ISO_8859_1);
    }

    /** Closes without reading on: the server hears a reset when it writes. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SseSocketClient send(
            String method, URI uri, String version, List<String> requestHeaders, Socket socket) throws IOException {
        return over(uri, request(method, uri, version, requestHeaders), socket);
    }

    private static SseSocketClient over(URI uri, String bytes, Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return new SseSocketClient(socket);
    }

    private static String request(String method, URI uri, String version, List<String> requestHeaders) {
        var request = new StringBuilder(method)
                .append(' ')
                .append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(' ')
                .append(version)
                .append("\r\n");
        if (requestHeaders.stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: ").append(uri.getAuthority()).append("\r\n");
        }
        requestHeaders.forEach(header -> request.append(header).append("\r\n"));
        return request.append("\r\n").toString();
    }

    /** Whether there was one: not the last. */
    private boolean readChunk() throws IOException {
        if (System.nanoTime() - asked > Patience.LIMIT.toNanos()) { // with heartbeats a socket waits for ever
            throw new AssertionError("nothing else came; the stream was: " + text());
        }
        if (!header("Transfer-Encoding").equals("chunked")) {
            return false;
        }
        int length = Integer.parseInt(line(), 16);
        byte[] chunk = in.readNBytes(length);
        if (chunk.length < length || !line().isEmpty()) {
            throw new EOFException("the connection was cut within a chunk");
        }
        body.write(chunk);
        heard.addAll(parser.feed(chunk));
        return length > 0;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("the connection was cut; the stream was: " + text());
                }
                line.write(b);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came for so long; the stream was: " + text(), e);
        }
        return line.toString(US_ASCII).stripTrailing();
    }
}
