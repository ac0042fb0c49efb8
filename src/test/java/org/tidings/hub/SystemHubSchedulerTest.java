package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SystemHubSchedulerTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SystemHubScheduler scheduler = SystemHubScheduler.create();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void noWakeIsLost() throws InterruptedException {
        var todo = new AtomicInteger();
        var done = new AtomicInteger();
        var all = new CountDownLatch(1);
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            done.addAndGet(todo.getAndSet(0));
            if (done.get() == 100_000) {
                all.countDown();
            }
            return false;
        });
        for (int i = 0; i < 100_000; i++) {
            todo.incrementAndGet();
            worker.wake();
        }
        all.await();
        worker.stop(LIMIT);
        assertThat(done).hasValue(100_000);
    }

    @Test
    void whoeverFindsNobodyInTheStepRunsIt() throws InterruptedException {
        var ready = new CountDownLatch(1);
        var runners = new LinkedBlockingQueue<Thread>();
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            runners.add(Thread.currentThread());
            ready.countDown();
            return false;
        });
        ready.await(); // the thread's own first step
        while (!runners.contains(Thread.currentThread())) {
            worker.wakeOrRun(); // by the thread, if it has not left that step yet
        }
        worker.stop(LIMIT);
        assertThat(runners).contains(Thread.currentThread());
    }

    @Test
    void neverTwoAreInTheStepAndNoCallIsLost() throws InterruptedException {
        var todo = new AtomicInteger();
        var inStep = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        var all = new CountDownLatch(1);
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            most.accumulateAndGet(inStep.incrementAndGet(), Math::max);
            if (done.addAndGet(todo.getAndSet(0)) == 4 * 50_000) {
                all.countDown();
            }
            inStep.decrementAndGet();
            return false;
        });
        var publishers = IntStream.range(0, 4)
                .mapToObj(publisher -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        todo.incrementAndGet();
                        worker.wakeOrRun();
                    }
                }))
                .toList();
        publishers.forEach(CompletableFuture::join);
        all.await();
        worker.stop(LIMIT);
        assertThat(done).hasValue(4 * 50_000);
        assertThat(most).hasValue(1);
    }

    /** A publisher would wait for the disk, or for whatever another one's step does. */
    @Test
    void whoFindsSomebodyInTheStepDoesNotWait() throws InterruptedException {
        var inStep = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var steps = new CountDownLatch(2);
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            inStep.countDown();
            uninterruptibly(leave);
            steps.countDown();
            return false;
        });
        inStep.await();
        try {
            assertThat(CompletableFuture.runAsync(worker::wakeOrRun)).succeedsWithin(LIMIT);
            assertThat(steps.getCount()).isEqualTo(2);
        } finally {
            leave.countDown();
        }
        steps.await();
        worker.stop(LIMIT);
    }

    @Test
    void aCallFromWithinTheStepIsDoneBehindIt() throws InterruptedException {
        var worker = new CompletableFuture<HubScheduler.Worker>();
        var steps = new AtomicInteger();
        var second = new CountDownLatch(1);
        worker.complete(scheduler.start("worker", () -> {
            if (steps.incrementAndGet() == 1) {
                worker.join().wakeOrRun();
                assertThat(steps).hasValue(1);
            } else {
                second.countDown();
            }
            return false;
        }));
        second.await();
        worker.join().stop(LIMIT);
        assertThat(steps).hasValue(2);
    }

    @Test
    void noStepBeginsBehindTheStop() {
        var steps = new AtomicInteger();
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            steps.incrementAndGet();
            return false;
        });
        worker.stop(LIMIT);
        int until = steps.get();
        worker.wakeOrRun();
        assertThat(steps).hasValue(until);
    }

    @Test
    void theStopWaitsForWhoeverRunsTheStep() throws Exception {
        var inStep = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var left = new AtomicBoolean();
        var main = Thread.currentThread();
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            if (Thread.currentThread().getName().equals("caller")) {
                inStep.countDown();
                uninterruptibly(leave);
                left.set(true);
            }
            return false;
        });
        var caller = new Thread(
                () -> {
                    while (inStep.getCount() > 0) {
                        worker.wakeOrRun();
                    }
                },
                "caller");
        caller.start();
        inStep.await();
        var releaser = new Thread(() -> {
            while (main.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            leave.countDown();
        });
        releaser.start();
        worker.stop(LIMIT);
        assertThat(left).isTrue();
        caller.join();
        releaser.join();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStepThatFailsDoesNotEndTheThread() throws InterruptedException {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            if (first.getCount() > 0) {
                first.countDown();
                throw new IllegalStateException("deliberate");
            }
            second.countDown();
            return false;
        });
        first.await();
        worker.wake();
        second.await();
        worker.stop(LIMIT);
        assertThat(second.getCount()).isZero();
    }

    @Test
    void anInterruptDoesNotEndTheThread() throws InterruptedException {
        var thread = new CompletableFuture<Thread>();
        var woken = new AtomicInteger();
        var again = new CountDownLatch(3);
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            thread.complete(Thread.currentThread());
            woken.incrementAndGet();
            again.countDown();
            return false;
        });
        thread.join().interrupt();
        while (again.getCount() > 0) {
            worker.wake();
        }
        worker.stop(LIMIT);
        assertThat(thread.join().isAlive()).isFalse();
        assertThat(woken.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aWorkerCanStopItself() {
        var self = new CompletableFuture<HubScheduler.Worker>();
        var stopped = new CompletableFuture<Thread>();
        self.complete(scheduler.start("worker", () -> {
            self.join().stop(LIMIT);
            stopped.complete(Thread.currentThread());
            return true;
        }));
        assertThat(stopped.join()).isNotNull();
    }

    @Test
    void aPeriodicTaskThatFailsIsRunAgain() throws InterruptedException {
        var runs = new CountDownLatch(3);
        scheduler.every(Duration.ofMillis(1), () -> {
            runs.countDown();
            throw new IllegalStateException("deliberate");
        });
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Who guesses the id of a connection can change its topics. */
    @Test
    void whatIsRandomCannotBeGuessed() {
        assertThat(scheduler.random()).isInstanceOf(SecureRandom.class);
    }

    @Test
    void waitingEndsAtItsLimit() {
        var never = new CompletableFuture<Void>();
        scheduler.await(never, Duration.ofMillis(10));
        assertThat(never).isNotDone();
    }

    @Test
    void aReadAfterTheEndRunsOnTheCallersThread() {
        scheduler.close();
        var ran = new CompletableFuture<Thread>();
        scheduler.read(() -> ran.complete(Thread.currentThread()));
        assertThat(ran).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void aPeriodicTaskSurvivesAnError() throws InterruptedException {
        var runs = new CountDownLatch(3);
        scheduler.every(Duration.ofMillis(1), () -> {
            runs.countDown();
            throw new AssertionError("deliberate");
        });
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoIsInterruptedWaitsAllTheSameAndStaysInterrupted() {
        var stepped = new CompletableFuture<Void>();
        HubScheduler.Worker worker = scheduler.start("worker", () -> {
            stepped.complete(null);
            return false;
        });
        Thread.currentThread().interrupt();
        scheduler.await(stepped, LIMIT);
        worker.stop(LIMIT);
        assertThat(stepped).isCompleted();
        assertThat(Thread.interrupted()).isTrue();
    }
}
