package org.tidings.bench;

import java.io.IOException;

/** All connections that listen; each hands what it reads to {@link Deliveries}. */
interface Subscribers extends AutoCloseable {
    /** For a stream to be answered; then it is a failure of the whole run. */
    long OPEN_SECONDS = 60;

    /** Opens all, and returns when each has been answered that its stream begins. */
    void open() throws IOException, InterruptedException;

    /** Connections that were refused, or that the server has closed. */
    int failures();

    @Override
    void close() throws IOException;

    static Subscribers of(Run run, Deliveries deliveries) throws IOException {
        return switch (run.workload().transport()) {
            case PLAIN -> PlainSubscribers.of(run, deliveries);
            case TLS -> new TlsSubscribers(run, deliveries);
            case HTTP2 -> new Http2Subscribers(run, deliveries);
        };
    }
}
