package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidings.testkit.Patience;

/** The threads that may block on a client. */
class SinkWritersTest {
    private final SinkWriters writers = new SinkWriters();

    /** So many clients that read nothing would hold up all others. */
    @Test
    void noTaskWaitsForAnother() {
        int tasks = 200;
        var running = new CountDownLatch(tasks);
        var all = IntStream.range(0, tasks)
                .mapToObj(task -> CompletableFuture.runAsync(() -> awaitAll(running), writers))
                .toArray(CompletableFuture<?>[]::new);

        assertThat(CompletableFuture.allOf(all)).succeedsWithin(Patience.LIMIT);
    }

    @Test
    void theyKeepNoProcessAlive() {
        assertThat(CompletableFuture.supplyAsync(() -> Thread.currentThread().isDaemon(), writers))
                .succeedsWithin(Patience.LIMIT)
                .isEqualTo(true);
    }

    private static void awaitAll(CountDownLatch running) {
        running.countDown();
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
