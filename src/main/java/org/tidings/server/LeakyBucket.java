package org.tidings.server;

import java.util.concurrent.TimeUnit;

/** A rate that is kept on average, a moment's worth at a time. Not safe for threads. */
final class LeakyBucket {
    /**
     * How far the count may be ahead of the rate before there is a pause, or behind it and still catch up, in
     * nanoseconds. A live event may have to wait for all that comes meanwhile.
     */
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final long interval;
    private long due; // of the next one

    /**
     * @param rate how many a second, at least one
     * @param now in nanoseconds, from any origin
     */
    LeakyBucket(int rate, long now) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / rate;
        this.due = now;
    }

    /**
     * One more has come.
     *
     * @return for how many nanoseconds there must be no more
     */
    long add(long now) {
        long ahead = Math.max(due - now, -MOMENT) + interval;
        due = now + ahead;
        return ahead < MOMENT ? 0 : ahead;
    }
}
