package org.tidings.server.transport;

import java.nio.ByteBuffer;
import org.tidings.wire.Frame;

/**
 * Frames in memory that a socket is written from without a copy. A lane writes the same frame to one connection after
 * the other: the second time a thread asks for it, it is copied out of the heap, and from then on only looked at.
 */
final class Staging {
    /** The largest that is kept: a round of a lane, or an event of the largest size. */
    private static final int LARGEST = 512 * 1024;

    private final ThreadLocal<Slot> slots = ThreadLocal.withInitial(Slot::new);

    /** The frame's chunk, for the caller's thread and until its next call. */
    ByteBuffer chunk(Frame frame) {
        return slots.get().chunk(frame);
    }

    private static final class Slot {
        private Frame asked;
        private Frame staged;
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        ByteBuffer chunk(Frame frame) {
            if (frame != staged) {
                if (frame != asked || frame.length() > LARGEST) {
                    asked = frame;
                    return frame.chunk();
                }
                stage(frame);
            }
            return bytes.rewind();
        }

        private void stage(Frame frame) {
            ByteBuffer chunk = frame.chunk();
            if (bytes.capacity() < chunk.remaining()) {
                bytes = ByteBuffer.allocateDirect(Integer.highestOneBit(chunk.remaining()) * 2);
            }
            bytes.clear().put(chunk).flip();
            staged = frame;
        }
    }
}
