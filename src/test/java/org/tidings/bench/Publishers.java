package org.tidings.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Publishes, each publisher on a thread and a connection of its own. */
final class Publishers implements AutoCloseable {
    /** An event that some have not heard for so long is a failure. */
    private static final long LOST = TimeUnit.SECONDS.toNanos(10);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Run run;
    private final Workload workload;
    private final Deliveries deliveries;
    private final byte[][] heads;
    private final List<PublishConnection> connections = new ArrayList<>();
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Histogram answers = new Histogram(); // at a rate; guarded by itself
    private volatile boolean stopped;

    Publishers(Run run, Deliveries deliveries) throws IOException {
        this.run = run;
        this.workload = run.workload();
        this.deliveries = deliveries;
        this.heads = heads();
        for (int i = 0; i < workload.load().publishers(); i++) {
            connections.add(
                    new PublishConnection(run.endpoint(), workload.load().size()));
        }
    }

    /**
     * Publishes for a time.
     *
     * @return how many events
     */
    long run(Load.Kind kind, long nanos, long atMost) throws InterruptedException {
        long begin = Marker.now();
        published.set(0);
        synchronized (answers) {
            answers.clear();
        }
        tickets.set(0);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections.size(); i++) {
            int publisher = i;
            threads.add(new Thread(() -> publish(publisher, kind, begin, nanos, atMost), "bench-publisher-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return published.get();
    }

    /**
     * Publishes to each topic twice, when all clients have gone. A server that learns only by writing that a client has
     * gone, Payara and WildFly, has then learned it, and not during what is measured next.
     */
    void publishToNobody() throws IOException {
        for (int i = 0; i < 2 && !connections.isEmpty(); i++) {
            for (byte[] head : heads) {
                connections.get(0).publish(head, 0);
            }
        }
    }

    /** Lets a run end early. */
    void stop() {
        stopped = true;
    }

    /** Until publishers at a rate were answered, in the last run, in nanoseconds. */
    long answer(double share) {
        synchronized (answers) {
            return answers.percentile(share);
        }
    }

    /** Events that were not taken, or not heard by all. */
    long failures() {
        return failures.get();
    }

    @Override
    public void close() throws IOException {
        for (PublishConnection connection : connections) {
            connection.close();
        }
    }

    private void publish(int publisher, Load.Kind kind, long begin, long nanos, long atMost) {
        try {
            for (long ticket = tickets.getAndIncrement(); ticket < atMost; ticket = tickets.getAndIncrement()) {
                long due = kind == Load.Kind.RATE
                        ? begin + (long) (ticket / workload.load().rate() * NANOS_PER_SECOND)
                        : Marker.now();
                if (due >= begin + nanos || stopped) {
                    return;
                }
                parkUntil(due);
                publish(publisher, (int) (ticket % heads.length), kind);
            }
        } catch (IOException e) {
            failures.incrementAndGet();
            System.err.println(run.line() + ": publisher " + publisher + ": " + e.getMessage());
        }
    }

    private void publish(int publisher, int topic, Load.Kind kind) throws IOException {
        if (kind == Load.Kind.WINDOW) {
            deliveries.expect(publisher, workload.audience().perTopic());
        }
        long begin = Marker.now();
        connections.get(publisher).publish(heads[topic], publisher);
        published.incrementAndGet();
        if (kind == Load.Kind.RATE) {
            synchronized (answers) {
                answers.record(Marker.now() - begin);
            }
        }
        if (kind == Load.Kind.WINDOW && !deliveries.await(publisher, Marker.now() + LOST)) {
            throw new IOException("an event was not heard by all");
        }
    }

    private static void parkUntil(long time) {
        for (long left = time - Marker.now(); left > 0; left = time - Marker.now()) {
            LockSupport.parkNanos(left);
        }
    }

    private byte[][] heads() {
        boolean alone = workload.load().kind() == Load.Kind.ALONE;
        Topics topics = run.topics();
        byte[][] all = new byte[alone ? 1 : workload.audience().topics()][];
        for (int i = 0; i < all.length; i++) {
            String topic = alone ? topics.unheard() : topics.name(i);
            all[i] = PublishConnection.head(
                    run.endpoint().api().publishPath(topic), workload.load().size());
        }
        return all;
    }
}
