package org.tidings.rest.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stream that is ready as long as the test says, and complains of a write that may block. */
final class FakeOutput extends ServletOutputStream {
    final List<String> written = new ArrayList<>();
    int flushes;
    boolean ready = true;
    boolean stopAfterWrite;
    boolean gone;
    Runnable whenNotReady = () -> {};
    private boolean asked; // since the last write

    @Override
    public boolean isReady() {
        asked = ready;
        if (!ready) {
            whenNotReady.run();
        }
        return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new AssertionError("the transport sets it");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!ready || !asked) {
            throw new AssertionError("a write that was not asked for may block");
        }
        if (gone) {
            throw new IOException("Broken pipe");
        }
        asked = false;
        ready = !stopAfterWrite;
        stopAfterWrite = false;
        written.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int b) {
        throw new AssertionError("a frame is written at once");
    }

    @Override
    public void flush() throws IOException {
        if (!ready) {
            throw new AssertionError("a flush may block");
        }
        if (gone) {
            throw new IOException("Broken pipe");
        }
        flushes++;
    }

    /** The client has read: the container tells so. */
    void drain(ServletConnection connection) {
        ready = true;
        asked = true;
        connection.onWritePossible();
    }
}
