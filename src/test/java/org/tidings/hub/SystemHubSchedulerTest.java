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
        worker.stop();
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
        worker.stop();
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
        worker.stop();
        assertThat(thread.join().isAlive()).isFalse();
        assertThat(woken.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aWorkerCanStopItself() {
        var self = new CompletableFuture<HubScheduler.Worker>();
        var stopped = new CompletableFuture<Thread>();
        self.complete(scheduler.start("worker", () -> {
            self.join().stop();
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
    void aReadAfterTheEndIsDropped() {
        scheduler.close();
        var ran = new AtomicInteger();
        scheduler.read(ran::incrementAndGet);
        assertThat(ran).hasValue(0);
    }
}
