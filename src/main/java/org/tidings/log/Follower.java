package org.tidings.log;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.tidings.api.Event;

/** Who follows a log, for its engine: one at the most. See {@link EventLog#follow}. Any thread. */
public final class Follower {
    private final AtomicReference<Consumer<List<Event>>> known = new AtomicReference<>();

    /** @throws IllegalStateException if there is one already */
    public void set(Consumer<List<Event>> follower) {
        if (!known.compareAndSet(null, follower)) {
            throw new IllegalStateException("the log has a follower already");
        }
    }

    /** Calls it, if there is one: not under a lock of the log's. */
    public void tell(List<Event> events) {
        Consumer<List<Event>> follower = known.get();
        if (follower != null) {
            follower.accept(events);
        }
    }
}
