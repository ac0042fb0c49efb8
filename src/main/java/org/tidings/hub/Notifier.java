package org.tidings.hub;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Tells the listener of connections on a thread of its own, in order, so that it may take its time. */
final class Notifier {
    private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

    /** A listener that is this far behind misses calls. */
    private static final int WAITING = 100_000;

    private final HubListener listener;
    private final BlockingQueue<Consumer<HubListener>> queue = new LinkedBlockingQueue<>(WAITING);
    private final HubScheduler.Worker worker;

    Notifier(HubListener listener, HubScheduler scheduler) {
        this.listener = listener;
        this.worker = scheduler.start("tidings-notifier", this::step);
    }

    void tell(Consumer<HubListener> call) {
        if (!queue.offer(call)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A listener to connections is {0} calls behind and misses one",
                    WAITING);
        }
        worker.wake();
    }

    /** Ends the thread behind the last call. */
    void stop() {
        worker.stop();
        while (step()) {
            // The worker has ended; what it left is told here.
        }
    }

    private boolean step() {
        Consumer<HubListener> call = queue.poll();
        if (call == null) {
            return false;
        }
        try {
            call.accept(listener);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A listener to connections failed", e);
        }
        return true;
    }
}
