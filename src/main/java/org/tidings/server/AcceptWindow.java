package org.tidings.server;

import java.util.concurrent.TimeUnit;

/** How many connections may be accepted, and when no more: so many in each short window. Not safe for threads. */
final class AcceptWindow {
    /** About what a window lasts, in nanoseconds: a live event may wait for all that is accepted in one. */
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(4);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long most;
    private final long length;
    private long begin;
    private int count;

    /** @param rate connections a second, at least one */
    AcceptWindow(int rate) {
        this.most = Math.max(1, rate * SHORT / SECOND);
        this.length = most * SECOND / rate;
    }

    /**
     * One more was accepted.
     *
     * @param now in nanoseconds, from any origin
     * @return for how many nanoseconds there must be no more
     */
    long accepted(long now) {
        if (count == 0 || now - begin >= length) {
            begin = now;
            count = 0;
        }
        count++;
        if (count < most) {
            return 0;
        }
        count = 0;
        return length - (now - begin);
    }
}
