package org.tidings.hub;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Time and threads of the machine. Its threads are daemons: they keep no process alive. */
public final class SystemHubScheduler implements HubScheduler {
    private static final System.Logger LOG = System.getLogger(SystemHubScheduler.class.getName());

    /**
     * Threads that may block on the log. Two read from one disk as fast as more would, and leave processors to the
     * lanes.
     */
    private static final int READERS = 2;

    private final SecureRandom random = new SecureRandom();
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, daemons("tidings-reader"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons("tidings-timer"));

    private SystemHubScheduler() {}

    /** A new one, for one hub. */
    public static SystemHubScheduler create() {
        return new SystemHubScheduler();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Worker start(String name, BooleanSupplier step) {
        var worker = new Loop(name, step);
        worker.thread.start();
        return worker;
    }

    @Override
    public void read(Runnable task) {
        try {
            readers.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // somebody may wait for what it completes
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // never cancelled on its own; the task logs what it throws
    public void every(Duration period, Runnable task) {
        long nanos = period.toNanos();
        timer.scheduleWithFixedDelay(() -> guarded("A periodic task", task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void await(Future<?> future, Duration limit) {
        uninterrupted(limit, left -> {
            try {
                future.get(left, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.log(System.Logger.Level.DEBUG, "Waited in vain", e);
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        readers.shutdown();
    }

    private static void guarded(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) { // the executor would never call it again
            LOG.log(System.Logger.Level.ERROR, what + " failed", e);
        }
    }

    /** Whoever stops a hub and is interrupted must still stop all of it; the interrupt is kept for afterwards. */
    private static void uninterrupted(Duration limit, Waiting waiting) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        boolean waited = false;
        while (!waited) {
            try {
                waiting.run(Math.max(1, end - System.nanoTime()));
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Waiting {
        void run(long nanos) throws InterruptedException;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static final class Loop implements Worker {
        private final Thread thread;
        private final BooleanSupplier step;
        private final AtomicBoolean woken = new AtomicBoolean();
        private final ReentrantLock stepping = new ReentrantLock();
        private volatile boolean stopped;

        // The thread's.
        private boolean alarmSet;
        private long alarm; // in nanoTime

        Loop(String name, BooleanSupplier step) {
            this.step = step;
            this.thread = daemons(name).newThread(this::run);
        }

        @Override
        public void wake() {
            if (!woken.getAndSet(true)) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void wakeOrRun() {
            boolean more = true; // for whoever is in the step may have looked already
            if (!stepping.isHeldByCurrentThread() && stepping.tryLock()) {
                try {
                    more = !stopped && stepSafely();
                } finally {
                    stepping.unlock();
                }
            }
            if (more) {
                wake();
            }
        }

        @Override
        public void wakeIn(Duration time) {
            alarm = System.nanoTime() + time.toNanos();
            alarmSet = true;
        }

        @Override
        public void stop(Duration limit) {
            stopped = true;
            LockSupport.unpark(thread);
            if (Thread.currentThread() != thread) {
                uninterrupted(limit, left -> TimeUnit.NANOSECONDS.timedJoin(thread, left));
                uninterrupted(limit, this::awaitStep);
            }
        }

        /** Of somebody who runs it in the thread's place. */
        private void awaitStep(long nanos) throws InterruptedException {
            if (stepping.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                stepping.unlock();
            }
        }

        private void run() {
            while (!stopped) {
                if (!more()) {
                    sleep();
                }
            }
        }

        private void sleep() {
            while (!stopped && !woken.getAndSet(false)) {
                if (!alarmSet) {
                    LockSupport.park(this);
                } else if (alarm - System.nanoTime() > 0) {
                    LockSupport.parkNanos(this, alarm - System.nanoTime());
                } else {
                    alarmSet = false;
                    return;
                }
                if (Thread.interrupted()) {
                    LOG.log(System.Logger.Level.DEBUG, "{0}: interrupted, which does not stop it", thread.getName());
                }
            }
        }

        private boolean more() {
            stepping.lock();
            try {
                return !stopped && stepSafely();
            } finally {
                stepping.unlock();
            }
        }

        /** A failed step is not repeated at once: that could go on for ever. The next wake does it. */
        private boolean stepSafely() {
            try {
                return step.getAsBoolean();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, thread.getName() + " failed and goes on", e);
                return false;
            }
        }
    }
}
