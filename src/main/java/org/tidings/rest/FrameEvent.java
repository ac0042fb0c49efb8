package org.tidings.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/**
 * A frame in the form that sinks take. A runtime that asks {@link FrameEventWriter} gets the frame's bytes; one that
 * insists on encoding the event itself finds the parts of the frame's first block, and must be given frames of one.
 *
 * <p>It always has a type: of an event without one, RESTEasy writes the comment alone.
 */
final class FrameEvent implements OutboundSseEvent {
    private final Frame frame;
    private final StreamBlock block;
    private final TextLines lines;

    // Set by the thread that writes; read when the stage of the event has completed.
    private volatile boolean written;

    FrameEvent(Frame frame, TextLines lines) {
        this.frame = frame;
        this.block = frame.blocks().get(0);
        this.lines = lines;
    }

    /** Whether the frame's own bytes were used. */
    boolean isWritten() {
        return written;
    }

    /** Writes all but the blank line that ends the frame: Jersey writes that one behind every event. */
    void writeTo(OutputStream out) throws IOException {
        written = true;
        frame.writeTo(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length - 1);
            }
        });
    }

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public Type getGenericType() {
        return getType();
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public Object getData() {
        return lines.data(block).orElse(null);
    }

    @Override
    public String getId() {
        return lines.id(block).orElse(null);
    }

    @Override
    public String getName() {
        return block.type().orElse(null);
    }

    @Override
    public String getComment() {
        return block.comment().orElse(null);
    }

    @Override
    public long getReconnectDelay() {
        return block.retry().map(time -> time.toMillis()).orElse(SseEvent.RECONNECT_NOT_SET);
    }

    @Override
    public boolean isReconnectDelaySet() {
        return block.retry().isPresent();
    }
}
