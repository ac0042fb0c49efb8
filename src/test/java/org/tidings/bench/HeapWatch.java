package org.tidings.bench;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Looks at the heap of another JVM while it works: over JMX, because starting jcmd costs the processor a look. */
final class HeapWatch implements AutoCloseable {
    private static final long LOOK_NANOS = 20_000_000;

    private final JvmMemory memory;
    private final Thread thread = new Thread(this::look, "bench-heap");
    private volatile long peak;
    private volatile boolean closed;

    HeapWatch(long pid) throws IOException {
        memory = new JvmMemory(pid);
        thread.start();
    }

    /** Stops looking, and returns the most that was used, garbage included, in bytes. */
    long peak() throws InterruptedException {
        closed = true;
        thread.join();
        return peak;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        memory.close();
    }

    private void look() {
        while (!closed) {
            peak = Math.max(peak, memory.heap());
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
