package org.tidings.hub;

import java.io.IOException;
import java.time.Duration;
import org.tidings.api.ByteSize;

/** The way out to one connection: its transport, what waits for it, and since when. For the lane's thread. */
final class Outlet {
    private final Connection connection;
    private final HubScheduler clock;
    private final HubStatistics statistics;
    private final Written written;
    private final SendQueue queue;
    private boolean writable;
    private Duration lastWrite;

    /** Hears of each delivery that the transport has taken. */
    interface Written {
        void accept(Delivery delivery) throws IOException;
    }

    Outlet(Connection connection, ByteSize limit, HubScheduler clock, HubStatistics statistics, Written written) {
        this.connection = connection;
        this.written = written;
        this.clock = clock;
        this.statistics = statistics;
        this.queue = new SendQueue(limit.bytes(), statistics);
        this.lastWrite = clock.elapsed();
    }

    SendQueue queue() {
        return queue;
    }

    /** Whether the client has taken all and can take more. */
    boolean isIdle() {
        return writable && queue.isEmpty();
    }

    /** Writes or queues the delivery; {@code false} if it does not fit. An idle connection takes any size. */
    boolean offer(Delivery delivery) throws IOException {
        if (isIdle()) {
            write(delivery);
            return true;
        }
        return queue.offer(delivery);
    }

    /** Writes or queues what must get through; see {@link SendQueue#add}. */
    void add(Delivery delivery) throws IOException {
        if (isIdle()) {
            write(delivery);
        } else {
            queue.add(delivery);
        }
    }

    /** The transport can take the next frame. */
    void becameWritable() throws IOException {
        writable = true;
        queue.hold(0);
        while (writable && !queue.isEmpty()) {
            write(queue.poll());
        }
    }

    /** For how long nothing was written. */
    Duration quietFor(Duration now) {
        return now.minus(lastWrite);
    }

    /** For how long the client has not taken what it was given last. */
    Duration stalledFor(Duration now) {
        return writable ? Duration.ZERO : quietFor(now);
    }

    /** Nothing is written from now on. */
    void close() {
        writable = false;
        queue.clear();
        queue.hold(0);
    }

    private void write(Delivery delivery) throws IOException {
        lastWrite = clock.elapsed();
        writable = connection.write(delivery.frame());
        queue.hold(writable ? 0 : delivery.length());
        statistics.countDelivered(delivery.events(), delivery.length());
        written.accept(delivery);
    }
}
