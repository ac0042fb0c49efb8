package org.tidings.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.tidings.hub.HubScheduler;

/**
 * Runs everything on the test's thread, when the test says so, with a clock that it moves by hand. Reads of the log can
 * be held back, so that a test can put anything between the question and the answer.
 */
public final class ManualScheduler implements HubScheduler {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** What happens just before the hub's next call; forgotten then. */
    private Runnable beforeElapsed = () -> {};

    private Runnable beforeRandom = () -> {};
    private Runnable beforeClose = () -> {};

    private final List<ManualWorker> workers = new ArrayList<>();
    private final Queue<Runnable> reads = new ArrayDeque<>();
    private final List<Periodic> periodic = new ArrayList<>();
    private final RandomGenerator random = new Random(42);
    private Duration elapsed = Duration.ZERO;
    private Duration clockOffset = Duration.ZERO;
    private boolean readsHeld;
    private boolean callersRun;
    private boolean closed;

    /** Runs whatever can run, until nothing is left to do. */
    public void runAll() {
        boolean ran = true;
        while (ran) {
            ran = runWorkers();
            if (!readsHeld && !reads.isEmpty()) {
                reads.remove().run();
                ran = true;
            }
        }
    }

    /** Runs the named worker alone until it has nothing left to do. */
    public void run(String worker) {
        workers.stream().filter(w -> w.name.equals(worker)).forEach(ManualWorker::run);
    }

    /** From now on whoever may do a worker's work in its place does so at once; before, the test says when. */
    public void letCallersRun() {
        callersRun = true;
    }

    /** Whether the named worker has something to do. */
    public boolean isWoken(String worker) {
        return workers.stream().anyMatch(w -> w.name.equals(worker) && w.woken);
    }

    /** Moves the clock, running periodic tasks as they fall due and all that follows from them. */
    public void advance(Duration time) {
        Duration end = elapsed.plus(time);
        runAll();
        for (Periodic next = nextUntil(end); next != null; next = nextUntil(end)) {
            elapsed = next.due;
            next.due = next.due.plus(next.period);
            next.task.run();
            runAll();
        }
        elapsed = end;
        runAll();
    }

    /** Time passes while something runs: nothing else does. */
    public void pass(Duration time) {
        elapsed = elapsed.plus(time);
    }

    /** The clock on the wall jumps; measured time does not. */
    public void moveClock(Duration by) {
        clockOffset = clockOffset.plus(by);
    }

    /** From now on reads wait for {@link #runOneRead} or {@link #releaseReads}. */
    public void holdReads() {
        readsHeld = true;
    }

    public void runOneRead() {
        reads.remove().run();
    }

    public int heldReads() {
        return reads.size();
    }

    public void releaseReads() {
        readsHeld = false;
        runAll();
    }

    /** Has something happen just before the next time the hub asks for the time. */
    public void beforeElapsed(Runnable action) {
        beforeElapsed = action;
    }

    /** Has something happen just before the next time the hub asks for a random number. */
    public void beforeRandom(Runnable action) {
        beforeRandom = action;
    }

    /** Has something happen just before the hub closes this. */
    public void beforeClose(Runnable action) {
        beforeClose = action;
    }

    public boolean isClosed() {
        return closed;
    }

    public long runningWorkers() {
        return workers.stream().filter(worker -> !worker.stopped).count();
    }

    @Override
    public Instant now() {
        return START.plus(elapsed).plus(clockOffset);
    }

    @Override
    public Duration elapsed() {
        Runnable action = beforeElapsed;
        beforeElapsed = () -> {};
        action.run();
        return elapsed;
    }

    @Override
    public Worker start(String name, BooleanSupplier step) {
        var worker = new ManualWorker(name, step);
        workers.add(worker);
        return worker;
    }

    @Override
    public void read(Runnable task) {
        if (closed) {
            task.run();
        } else {
            reads.add(task);
        }
    }

    @Override
    public void every(Duration period, Runnable task) {
        periodic.add(new Periodic(period, task, elapsed.plus(period)));
    }

    @Override
    public RandomGenerator random() {
        Runnable action = beforeRandom;
        beforeRandom = () -> {};
        action.run();
        return random;
    }

    @Override
    public void await(Future<?> future, Duration limit) {
        runAll();
        if (!future.isDone()) {
            advance(limit);
        }
    }

    @Override
    public void close() {
        beforeClose.run();
        closed = true;
        periodic.clear();
    }

    private boolean runWorkers() {
        boolean ran = false;
        for (ManualWorker worker : List.copyOf(workers)) {
            ran |= worker.run();
        }
        return ran;
    }

    private Periodic nextUntil(Duration end) {
        Periodic next = null;
        for (Periodic candidate : periodic) {
            if (candidate.due.compareTo(end) <= 0 && (next == null || candidate.due.compareTo(next.due) < 0)) {
                next = candidate;
            }
        }
        return next;
    }

    private final class ManualWorker implements Worker {
        private final String name;
        private final BooleanSupplier step;
        private boolean woken = true;
        private Duration alarm; // null: none
        private boolean stopped;

        ManualWorker(String name, BooleanSupplier step) {
            this.name = name;
            this.step = step;
        }

        boolean run() {
            boolean ran = false;
            while (!stopped && (woken || isAlarmDue())) {
                alarm = isAlarmDue() ? null : alarm;
                woken = step.getAsBoolean();
                ran = true;
            }
            return ran;
        }

        @Override
        public void wake() {
            woken = true;
        }

        private boolean isAlarmDue() {
            return alarm != null && elapsed.compareTo(alarm) >= 0;
        }

        @Override
        public void wakeIn(Duration time) {
            alarm = elapsed.plus(time);
        }

        @Override
        public void wakeOrRun() {
            wake();
            if (callersRun) {
                run();
            }
        }

        @Override
        public void stop(Duration limit) {
            stopped = true;
        }
    }

    private static final class Periodic {
        private final Duration period;
        private final Runnable task;
        private Duration due;

        Periodic(Duration period, Runnable task, Duration due) {
            this.period = period;
            this.task = task;
            this.due = due;
        }
    }
}
