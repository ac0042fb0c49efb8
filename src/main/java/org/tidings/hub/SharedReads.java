package org.tidings.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads of the log, on the readers' threads, of which all that ask for the same share one: when a server comes back,
 * its clients do so at once, and most of them from the same position.
 *
 * <p>A read begins after everybody asked who shares it: nobody is given less than the log had then. Any thread.
 *
 * @param <K> what is asked for
 * @param <V> the result; immutable
 */
final class SharedReads<K, V> {
    private static final System.Logger LOG = System.getLogger(SharedReads.class.getName());

    private final HubScheduler scheduler;
    private final Function<K, V> read;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<K, List<Consumer<V>>> receivers = new HashMap<>();

    /** @param read may block; what it throws must be in its result */
    SharedReads(HubScheduler scheduler, Function<K, V> read) {
        this.scheduler = scheduler;
        this.read = read;
    }

    /** Has the result handed to the receiver, on a reader's thread, which it must not block. */
    void read(K key, Consumer<V> receiver) {
        boolean first;
        lock.lock();
        try {
            first = !receivers.containsKey(key);
            receivers.computeIfAbsent(key, asked -> new ArrayList<>(1)).add(receiver);
        } finally {
            lock.unlock();
        }
        if (first) {
            scheduler.read(() -> run(key));
        }
    }

    private void run(K key) {
        List<Consumer<V>> waiting;
        lock.lock();
        try {
            waiting = receivers.remove(key);
        } finally {
            lock.unlock();
        }
        V result = read.apply(key);
        waiting.forEach(receiver -> hand(result, receiver));
    }

    /** A receiver that fails does not keep the result from the others. */
    private void hand(V result, Consumer<V> receiver) {
        try {
            receiver.accept(result);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "What was read could not be handed over", e);
        }
    }
}
