package org.tidings.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The hub's only door to time, threads and chance. {@link SystemHubScheduler} is the real one; tests have one that runs
 * everything on the test's thread and moves its clock by hand.
 */
public interface HubScheduler extends AutoCloseable {
    /** The time of day, for what people read. May jump. */
    Instant now();

    /** Time for measuring, from an arbitrary origin. Never falls. */
    Duration elapsed();

    /**
     * Starts a thread that calls the step again and again while it returns {@code true}, and then sleeps until
     * {@link Worker#wake}. A step that throws is logged, and called again when it is woken next.
     */
    Worker start(String name, BooleanSupplier step);

    /**
     * Runs a task that may block on the log, on one of a bounded number of threads; after {@link #close} on the
     * caller's.
     */
    void read(Runnable task);

    /** Runs a short task again and again, first after one period. Ends with {@link #close}. */
    void every(Duration period, Runnable task);

    /** Chance; good enough for ids that nobody may guess. Any thread. */
    RandomGenerator random();

    /** Waits until the future is done, at most so long, interrupted or not. Not for lanes. */
    void await(Future<?> future, Duration limit);

    /** Stops the readers and the periodic tasks. Workers are stopped by their owners. */
    @Override
    void close();

    /** A thread that sleeps while there is nothing to do. */
    interface Worker {
        /** Has the step called again. Any thread; never blocks; no call is lost. */
        void wake();

        /**
         * As {@link #wake}, but spares the thread: the caller runs the step itself, unless somebody is in it. For who
         * may wait for whatever the step waits for.
         */
        void wakeOrRun();

        /** Has the step called again after that time if not before. By the step itself. */
        void wakeIn(Duration time);

        /**
         * Ends the thread after the step that runs now, and waits for that, at most so long, unless called by the
         * thread itself. No step begins afterwards.
         */
        void stop(Duration limit);
    }
}
