package org.tidings.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * What all subscribers together have heard: how much, how late, and which publisher's event has now reached everybody.
 *
 * <p>Threads: whoever reads from a connection calls {@link #heard} with this object locked, once for each read, because
 * a lock for each event would cost more than the event.
 */
final class Deliveries {
    // All guarded by this.
    private final Histogram latency = new Histogram();
    private final int[] missing;
    private final Thread[] waiting;
    private long count;
    private long readAt;

    Deliveries(int publishers) {
        missing = new int[publishers];
        waiting = new Thread[publishers];
    }

    /** Hands what was read to a connection's scanner, which reports to {@link #heard}. */
    synchronized void read(MarkerScanner scanner, byte[] bytes, int length) {
        readAt = Marker.now();
        scanner.scan(bytes, length);
    }

    /** An event that was found in what is being read. */
    void heard(long marker) {
        count++;
        latency.record(readAt - Marker.time(marker));
        int publisher = Marker.publisher(marker);
        if (--missing[publisher] == 0) {
            LockSupport.unpark(waiting[publisher]);
        }
    }

    /** The calling thread is about to publish an event that so many will hear. */
    synchronized void expect(int publisher, int subscribers) {
        missing[publisher] = subscribers;
        waiting[publisher] = Thread.currentThread();
    }

    /**
     * Waits until the publisher's last event has been heard by all.
     *
     * @return whether it was, before the deadline
     */
    boolean await(int publisher, long deadline) {
        while (missing(publisher) > 0) {
            long left = deadline - Marker.now();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    /** Waits until so many deliveries have been counted, or the deadline. */
    void awaitCount(long expected, long deadline) {
        while (count() < expected && Marker.now() < deadline) {
            LockSupport.parkNanos(this, 1_000_000);
        }
    }

    synchronized long count() {
        return count;
    }

    /** Nanoseconds. */
    synchronized long latency(double share) {
        return latency.percentile(share);
    }

    synchronized void clear() {
        count = 0;
        latency.clear();
    }

    private synchronized int missing(int publisher) {
        return missing[publisher];
    }
}
