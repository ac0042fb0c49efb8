package org.tidings.server.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Connections that wait for their clients while no lane looks after them, and since when: an application sends, or
 * their last words are on their way. Any thread.
 */
final class Stalled {
    private static final System.Logger LOG = System.getLogger(Stalled.class.getName());

    private final Map<GrizzlyConnection, Long> since = new ConcurrentHashMap<>();
    private final long limit;
    private final LongSupplier nanoTime;

    Stalled(Duration limit, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    void watch(GrizzlyConnection connection) {
        since.put(connection, nanoTime.getAsLong());
    }

    void forget(GrizzlyConnection connection) {
        since.remove(connection);
    }

    /** Cuts those that have waited for too long. To be called every second or so. */
    void cut() {
        long now = nanoTime.getAsLong();
        since.forEach((connection, start) -> {
            if (now - start >= limit) {
                forget(connection);
                cut(connection);
            }
        });
    }

    /** One connection's failure is its own. */
    private static void cut(GrizzlyConnection connection) {
        try {
            connection.stalled();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A stalled connection could not be cut", e);
        }
    }
}
