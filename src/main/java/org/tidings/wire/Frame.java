package org.tidings.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One or more encoded blocks, shared by all connections that get them. Immutable.
 *
 * <p>The bytes are kept with the framing of HTTP/1.1's chunked transfer coding around them (RFC 9112, 7.1), for
 * transports that write to the socket themselves:
 *
 * <pre>
 * +----------------+------+---------+------+
 * | length, in hex | CRLF | payload | CRLF |
 * +----------------+------+---------+------+
 * </pre>
 */
public final class Frame {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final List<StreamBlock> blocks;
    private final byte[] chunk;
    private final int start;
    private final int length;

    /** @param payload puts it, which has so many bytes */
    private Frame(List<StreamBlock> blocks, int length, Consumer<ByteBuffer> payload) {
        byte[] size = Integer.toHexString(length).getBytes(US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocate(size.length + CRLF.length + length + CRLF.length);
        buffer.put(size).put(CRLF);
        payload.accept(buffer);
        buffer.put(CRLF);
        this.blocks = blocks;
        this.chunk = buffer.array();
        this.start = size.length + CRLF.length;
        this.length = length;
    }

    static Frame of(StreamBlock block, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new Frame(List.of(block), bytes.length, buffer -> buffer.put(bytes));
    }

    /**
     * Joins frames into one that says the same in the same order: one chunk, one write.
     *
     * @param frames at least one
     */
    public static Frame merge(List<Frame> frames) {
        if (frames.size() == 1) {
            return frames.get(0);
        }
        var blocks = new ArrayList<StreamBlock>();
        int length = 0;
        for (Frame frame : frames) {
            blocks.addAll(frame.blocks);
            length += frame.length;
        }
        return new Frame(
                List.copyOf(blocks),
                length,
                buffer -> frames.forEach(frame -> buffer.put(frame.chunk, frame.start, frame.length)));
    }

    /** The chunk that ends a response (RFC 9112, 7.1). */
    public static ByteBuffer lastChunk() {
        return ByteBuffer.wrap(LAST_CHUNK).asReadOnlyBuffer();
    }

    /** The payload's length in bytes, without the chunk framing. */
    public int length() {
        return length;
    }

    /** What the frame says, for runtimes that insist on encoding it themselves. */
    public List<StreamBlock> blocks() {
        return blocks;
    }

    /** The payload; a read-only view with a position of its own. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(chunk, start, length).slice().asReadOnlyBuffer();
    }

    /** The payload as one HTTP/1.1 chunk; a read-only view with a position of its own. */
    public ByteBuffer chunk() {
        return ByteBuffer.wrap(chunk).asReadOnlyBuffer();
    }

    /** Writes the payload, with one call of {@code write}. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(chunk, start, length);
    }

    /** The payload as text, for logs and tests. */
    @Override
    public String toString() {
        return new String(chunk, start, length, UTF_8);
    }
}
