package org.tidings.bench;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;

/**
 * Publishes in this process, each publisher on a thread of its own, the next event when the last one's receipt came.
 */
final class HubPublishers {
    private static final int TOPICS = 100;

    private final EventHub hub;
    private final int publishers;
    private final String data;
    private final Histogram latency = new Histogram();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong receipt = new AtomicLong();
    private final LongAccumulator pause = new LongAccumulator(Math::max, 0);

    HubPublishers(EventHub hub, Load load) {
        this.hub = hub;
        this.publishers = load.publishers();
        this.data = "x".repeat(load.size());
    }

    /** One of a hundred topics. */
    static String topic(long number) {
        return "bench/" + number % TOPICS;
    }

    void run(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        receipt.set(begin);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < publishers; i++) {
            threads.add(new Thread(() -> publish(begin, nanos), "bench-publisher-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    long published() {
        return published.get();
    }

    /** The longest time without a receipt for any of them, in nanoseconds. */
    long pause() {
        return pause.get();
    }

    /** Of a receipt, in nanoseconds. */
    long latency(double share) {
        return latency.percentile(share);
    }

    void clear() {
        latency.clear();
        published.set(0);
        pause.reset();
    }

    private void publish(long begin, long nanos) {
        var own = new Histogram();
        for (long now = System.nanoTime(); now - begin < nanos; ) {
            hub.publishAndWait(Publication.of(topic(published.getAndIncrement()), data));
            long then = System.nanoTime();
            own.record(then - now);
            pause.accumulate(then - receipt.getAndSet(then));
            now = then;
        }
        synchronized (latency) {
            latency.add(own);
        }
    }
}
