package org.tidings.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something that fails for everybody until its cause is gone, and what the operator is told of it: the first failure,
 * then one every half minute with how many there were, and that it is over. Any thread.
 */
final class Trouble {
    private static final System.Logger LOG = System.getLogger(Trouble.class.getName());

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final String what;
    private final HubScheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean lasts;

    @GuardedBy("lock")
    private long failures; // since the trouble began

    @GuardedBy("lock")
    private Duration told = Duration.ZERO;

    Trouble(String what, HubScheduler scheduler) {
        this.what = what;
        this.scheduler = scheduler;
    }

    void met(Throwable failure) {
        lock.lock();
        try {
            failures++;
            Duration now = scheduler.elapsed();
            if (failures == 1 || now.minus(told).compareTo(PAUSE) >= 0) {
                told = now;
                LOG.log(System.Logger.Level.ERROR, "%s (failure %d)".formatted(what, failures), failure);
            }
            lasts = true;
        } finally {
            lock.unlock();
        }
    }

    /** It went well. */
    void passed() {
        if (!lasts) {
            return;
        }
        lock.lock();
        try {
            if (lasts) {
                LOG.log(System.Logger.Level.INFO, "Over after {0} failures: {1}", failures, what);
            }
            lasts = false;
            failures = 0;
        } finally {
            lock.unlock();
        }
    }
}
