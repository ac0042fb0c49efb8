package org.tidings.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A kept connection over which events are published, HTTP/1.1 by hand: what Java's client costs is not the server's.
 * Where the server ends it with an answer, as some do after a number of requests, the next event has a new one.
 */
final class PublishConnection implements AutoCloseable {
    private static final int MAX_ANSWER = 64 * 1024;

    private static final int ANSWER_MILLIS = 10_000;

    private final Endpoint endpoint;
    private final byte[] data;
    private final byte[] answer = new byte[MAX_ANSWER];
    private byte[] request = new byte[0];
    private Socket socket;

    PublishConnection(Endpoint endpoint, int size) throws IOException {
        this.endpoint = endpoint;
        this.data = Marker.data(size);
        connect();
    }

    static byte[] head(String path, int size) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: " + size
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Publishes and reads the answer.
     *
     * @return all of it, as text
     * @throws IOException also if the answer is no success
     */
    String publish(byte[] head, int publisher) throws IOException {
        if (socket.isClosed()) {
            connect();
        }
        int length = head.length + data.length;
        if (request.length < length) {
            request = new byte[length];
        }
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(data, 0, request, head.length, data.length);
        Marker.stamp(request, head.length, Marker.value(publisher, Marker.now()));
        socket.getOutputStream().write(request, 0, length);
        String text = readAnswer();
        if (isLast(text)) {
            socket.close();
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void connect() throws IOException {
        socket = endpoint.connect();
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    private String readAnswer() throws IOException {
        InputStream in = socket.getInputStream();
        int have = 0;
        while (true) {
            int read = in.read(answer, have, answer.length - have);
            if (read < 0) {
                throw new IOException("the server closed a publisher's connection");
            }
            have += read;
            String text = new String(answer, 0, have, StandardCharsets.ISO_8859_1);
            if (isWhole(text)) {
                if (!text.startsWith("HTTP/1.1 2")) {
                    throw new IOException("a publisher was answered "
                            + text.lines().findFirst().orElse(""));
                }
                return text;
            }
        }
    }

    private static boolean isWhole(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        int length = indexOfHeader(text.substring(0, end), "content-length:");
        if (length < 0) {
            return text.endsWith("\r\n0\r\n\r\n");
        }
        int from = text.indexOf(':', length) + 1;
        return text.length()
                >= end
                        + 4
                        + Integer.parseInt(
                                text.substring(from, text.indexOf("\r\n", from)).trim());
    }

    private static boolean isLast(String answer) {
        return indexOfHeader(answer.substring(0, answer.indexOf("\r\n\r\n")), "connection: close") >= 0;
    }

    /** Of the line break before it. */
    private static int indexOfHeader(String head, String header) {
        return head.toLowerCase(java.util.Locale.ROOT).indexOf("\r\n" + header);
    }
}
