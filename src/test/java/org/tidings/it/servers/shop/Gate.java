package org.tidings.it.servers.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a call between its last event and the end of its transaction, until the test says go on. */
@ApplicationScoped
public class Gate {
    private static final int PATIENCE_SECONDS = 30;

    private final Map<Long, CountDownLatch> reached = new ConcurrentHashMap<>();
    private final Map<Long, CountDownLatch> opened = new ConcurrentHashMap<>();

    /** Where the call for the order waits. */
    public void pass(long order) {
        of(reached, order).countDown();
        await(of(opened, order));
    }

    /** Returns when that call waits. */
    public void awaitCall(long order) {
        await(of(reached, order));
    }

    /** Lets it go on. */
    public void open(long order) {
        of(opened, order).countDown();
    }

    private static CountDownLatch of(Map<Long, CountDownLatch> latches, long order) {
        return latches.computeIfAbsent(order, key -> new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
