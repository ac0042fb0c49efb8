package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
