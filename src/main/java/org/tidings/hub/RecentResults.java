package org.tidings.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest few results of reads, for a moment: clients that come back do so within seconds, and most of them from the
 * same position. Any thread.
 *
 * @param <K> what was asked for
 * @param <V> the result; immutable
 */
final class RecentResults<K, V> {
    /** Bounds their memory: a page is 64 KiB, and so are its events. */
    private static final int MOST = 32;

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final HubScheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<K, Timed<V>> results = new LinkedHashMap<>();

    RecentResults(HubScheduler scheduler) {
        this.scheduler = scheduler;
    }

    Optional<V> find(K key) {
        Duration now = scheduler.elapsed();
        lock.lock();
        try {
            results.values().removeIf(result -> now.compareTo(result.until()) >= 0);
            return Optional.ofNullable(results.get(key)).map(Timed::value);
        } finally {
            lock.unlock();
        }
    }

    void put(K key, V value) {
        var result = new Timed<V>(value, scheduler.elapsed().plus(MOMENT));
        lock.lock();
        try {
            results.remove(key); // it is the newest now
            results.put(key, result);
            if (results.size() > MOST) {
                results.remove(results.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private record Timed<V>(V value, Duration until) {}
}
