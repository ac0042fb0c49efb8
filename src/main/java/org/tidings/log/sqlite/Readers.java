package org.tidings.log.sqlite;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.tidings.api.EventLogException;

/**
 * The readers of a log: a few connections, opened when they are first needed; whoever finds none free waits. A reader
 * that failed is replaced, so that reading goes on by itself once the cause is gone.
 */
final class Readers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Readers.class.getName());

    /** As many as the hub has threads that read. */
    private static final int SIZE = 2;

    private final Opening opening;
    private final Semaphore free = new Semaphore(SIZE, true); // fair: who wants all of them gets them
    private final Queue<Reader> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    Readers(Opening opening) {
        this.opening = opening;
    }

    /** @throws EventLogException if the log is closed, or reading fails */
    <T> T read(Reading<T> reading) {
        free.acquireUninterruptibly();
        try {
            if (closed) {
                throw new EventLogException("the log is closed");
            }
            Reader reader = idle.poll();
            if (reader == null) {
                reader = opening.open();
            }
            T result = read(reading, reader);
            idle.add(reader);
            return result;
        } catch (SQLException e) {
            throw Failures.of(e);
        } finally {
            free.release();
        }
    }

    /** Does something while nobody reads: waits for those that do. */
    <T> T withoutAny(Work<T> work) throws SQLException {
        free.acquireUninterruptibly(SIZE);
        try {
            return work.run();
        } finally {
            free.release(SIZE);
        }
    }

    private static <T> T read(Reading<T> reading, Reader reader) throws SQLException {
        try {
            return reading.read(reader);
        } catch (SQLException | RuntimeException | Error e) {
            close(reader);
            throw e;
        }
    }

    /** Waits for those that read. */
    @Override
    public void close() {
        closed = true; // first: whoever comes now must not keep this waiting
        free.acquireUninterruptibly(SIZE);
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            close(reader);
        }
        free.release(SIZE);
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "A reader of the log did not close", e);
        }
    }

    /** Opens one more reader. */
    interface Opening {
        Reader open() throws SQLException;
    }

    /** What is done with a reader. */
    interface Reading<T> {
        T read(Reader reader) throws SQLException;
    }

    /** What is done without one. */
    interface Work<T> {
        T run() throws SQLException;
    }
}
