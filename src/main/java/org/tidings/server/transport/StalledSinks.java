package org.tidings.server.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Sinks that wait for their clients, and since when. Streams that the hub took over are not here: their lanes look
 * after them. Any thread.
 */
final class StalledSinks {
    private final Map<StreamSink, Long> since = new ConcurrentHashMap<>();
    private final long limit;
    private final LongSupplier nanoTime;

    StalledSinks(Duration limit, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    void watch(StreamSink sink) {
        since.put(sink, nanoTime.getAsLong());
    }

    void forget(StreamSink sink) {
        since.remove(sink);
    }

    /** Cuts those that have waited for too long. To be called every second or so. */
    void cut() {
        long now = nanoTime.getAsLong();
        since.forEach((sink, start) -> {
            if (now - start >= limit) {
                sink.cut();
            }
        });
    }
}
