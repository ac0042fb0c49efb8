package org.tidings.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tidings.testkit.EventStreamParser;
import org.tidings.testkit.ReceivedEvent;

/** Many clients of one stream each, on one thread. Nothing is read but when the test says so. */
final class ManyStreams implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 16 * 1024;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    private final List<Reader> readers = new ArrayList<>();

    ManyStreams(URI uri, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            readers.add(new Reader(uri));
        }
    }

    List<Reader> readers() {
        return readers;
    }

    /** Reads until each of them has what is wanted. */
    void readUntil(Predicate<Reader> satisfied) throws IOException {
        while (!readers.stream().allMatch(satisfied)) {
            selector.select(this::read, 1_000);
        }
    }

    void readWhatIsThere() throws IOException {
        selector.selectNow(this::read);
    }

    private void read(SelectionKey key) {
        ((Reader) key.attachment()).read();
    }

    @Override
    public void close() throws IOException {
        for (Reader reader : readers) {
            reader.channel.close();
        }
        selector.close();
    }

    /** One client. Takes the transfer coding off: chunks whose frames may come in pieces. */
    final class Reader {
        private final SocketChannel channel;
        private final EventStreamParser parser = new EventStreamParser();
        private final List<String> data = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();
        private boolean head = true;
        private boolean hello;
        private int chunk; // how much of the chunk, with the CRLF behind it, is still to come

        private Reader(URI uri) throws IOException {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            String request = "GET " + uri.getRawPath() + '?' + uri.getRawQuery() + " HTTP/1.1\r\nHost: "
                    + uri.getAuthority() + "\r\nAccept: text/event-stream\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        boolean hello() {
            return hello;
        }

        /** Of the events that are not the hub's own. */
        List<String> data() {
            return data;
        }

        /** Reads this one alone. */
        void readUntil(Predicate<Reader> satisfied) {
            while (!satisfied.test(this)) {
                read();
            }
        }

        private void read() {
            try {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    throw new AssertionError("the stream ended behind " + data.size() + " events");
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    take();
                }
            } catch (IOException e) {
                throw new AssertionError("the stream was cut behind " + data.size() + " events", e);
            }
        }

        private void take() {
            if (chunk > 0) {
                takeChunk();
                return;
            }
            char next = (char) buffer.get();
            if (next != '\n') {
                line.append(next);
                return;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (head) {
                head = !text.isEmpty();
            } else {
                chunk = Integer.parseInt(text, 16) + 2;
            }
        }

        private void takeChunk() {
            int payload = Math.min(Math.max(chunk - 2, 0), buffer.remaining());
            if (payload > 0) {
                parser.feed(buffer.slice(buffer.position(), payload)).forEach(this::hear);
            }
            int framing = Math.min(chunk - payload, Math.min(2, buffer.remaining() - payload));
            int taken = payload + (payload == Math.max(chunk - 2, 0) ? framing : 0);
            buffer.position(buffer.position() + taken);
            chunk -= taken;
        }

        private void hear(ReceivedEvent event) {
            if (event.type().equals("$hello")) {
                hello = true;
            } else if (event.type().startsWith("$")) {
                throw new AssertionError("not expected: " + event);
            } else {
                data.add(event.data());
            }
        }
    }
}
