package org.tidings.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the log is measured against, the disk alone: 4 KiB after 4 KiB over a file that has its length, each write
 * confirmed by the disk, or by the system only, before the next.
 */
final class DiskWriter implements AutoCloseable {
    private static final int BLOCK = 4096;

    /** As much as the log writes before it begins from the front. */
    private static final int BLOCKS = 4096;

    private final FileChannel file;
    private final boolean force;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    private long next;

    DiskWriter(Path path, boolean force) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.force = force;
        for (int i = 0; i < BLOCKS; i++) {
            write();
        }
        file.force(true);
    }

    /** Writes for a time. Returns how often. */
    long run(long nanos) throws IOException {
        long begin = System.nanoTime();
        long writes = 0;
        while (System.nanoTime() - begin < nanos) {
            write();
            if (force) {
                file.force(false);
            }
            writes++;
        }
        return writes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write() throws IOException {
        file.write(block.clear(), next++ % BLOCKS * BLOCK);
    }
}
