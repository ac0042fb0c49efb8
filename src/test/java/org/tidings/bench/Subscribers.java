package org.tidings.bench;

import java.io.IOException;

/** All connections that listen; each hands what it reads to {@link Deliveries}. */
interface Subscribers extends AutoCloseable {
    /** Opens all, and returns when each has been answered that its stream begins. */
    void open() throws IOException, InterruptedException;

    /** Connections that were refused, or that the server has closed. */
    int failures();

    @Override
    void close() throws IOException;
}
