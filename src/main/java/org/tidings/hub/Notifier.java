package org.tidings.hub;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tells the listener of connections on a thread of its own, in order, so that it may take its time. */
final class Notifier {
    private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

    /** A listener that is this far behind hears of no further connections. */
    private static final int WAITING = 100_000;

    private final HubListener listener;
    private final HubScheduler scheduler;
    private final Queue<Consumer<HubListener>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final HubScheduler.Worker worker;

    Notifier(HubListener listener, HubScheduler scheduler) {
        this.listener = listener;
        this.scheduler = scheduler;
        this.worker = scheduler.start("tidings-notifier", this::step);
    }

    /** Returns whether the call will be made. */
    boolean offer(Consumer<HubListener> call) {
        if (waiting.get() >= WAITING) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A listener is {0} calls behind: it will not hear of a connection",
                    WAITING);
            return false;
        }
        add(call);
        return true;
    }

    /** For what follows an offered call that was taken: at most one for each, so that the queue stays bounded. */
    void add(Consumer<HubListener> call) {
        waiting.incrementAndGet();
        queue.add(call);
        worker.wake();
    }

    /**
     * Ends the thread behind the last call; a listener that does not come back is not waited for longer than the limit.
     */
    void stop(Duration limit) {
        var told = new CompletableFuture<Void>();
        add(ignored -> told.complete(null));
        scheduler.await(told, limit);
        worker.stop(told.isDone() ? limit : Duration.ofMillis(1));
    }

    private boolean step() {
        Consumer<HubListener> call = queue.poll();
        if (call == null) {
            return false;
        }
        waiting.decrementAndGet();
        try {
            call.accept(listener);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A listener to connections failed", e);
        }
        return true;
    }
}
