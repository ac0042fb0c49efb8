package org.tidings.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;

/**
 * Keeps the events on the heap and forgets them at the end of the process: every instance has an epoch of its own.
 * Offsets are 1, 2, 3 and so on.
 *
 * <p>For retention an event counts two bytes for each character of its data, topic and type (the most that they take on
 * the heap) and 200 bytes for its objects, a topic 100 bytes. A page counts the data in characters.
 *
 * <p><b>Threads.</b> One lock, held while references are copied, never while topics are matched or the follower is
 * called. One read looks at 4,096 events at most: of the topics, or where there is a pattern of all.
 */
public final class InMemoryEventLog implements EventLog {
    /** The most events that are copied or removed under one hold of the lock: some microseconds. */
    static final int SCAN = 4096;

    private final String epoch;
    private final Follower follower = new Follower();
    private final ReentrantLock lock = new ReentrantLock();

    // Empty once closed.
    @GuardedBy("lock")
    private Optional<RetainedEvents> retained;

    private InMemoryEventLog(String epoch, Retention retention) {
        this.epoch = epoch;
        this.retained = Optional.of(new RetainedEvents(retention));
    }

    /** A new log, empty, with an epoch that no other log has. */
    public static InMemoryEventLog open(Retention retention) {
        return new InMemoryEventLog(Epochs.random(), retention);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long end() {
        lock.lock();
        try {
            return retainedLocked().end();
        } finally {
            lock.unlock();
        }
    }

    /** The same for all topics. */
    @Override
    public long trimmed(TopicSelector topics) {
        lock.lock();
        try {
            return retainedLocked().trimmed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void follow(Consumer<List<Event>> newFollower) {
        follower.set(newFollower);
    }

    @Override
    public List<Event> append(List<Publication> batch, Instant now) {
        List<Event> events;
        lock.lock();
        try {
            events = NewEvents.of(batch, epoch, retainedLocked().end(), now);
            retainedLocked().add(events);
        } finally {
            lock.unlock();
        }
        if (!events.isEmpty()) {
            follower.tell(events);
        }
        return events;
    }

    @Override
    public boolean appendWaits() {
        return false;
    }

    @Override
    public Page read(long after, TopicSelector topics, PageLimit limit) {
        Stretch stretch;
        lock.lock();
        try {
            RetainedEvents log = retainedLocked();
            if (after < 0 || after > log.end()) {
                throw new IllegalArgumentException("read behind %d; the log ends at %d".formatted(after, log.end()));
            }
            long from = Math.max(after, log.trimmed());
            stretch =
                    topics.patterns().isEmpty() ? Stretch.ofTopics(log, from, topics, limit) : Stretch.ofAll(log, from);
        } finally {
            lock.unlock();
        }
        return stretch.page(topics, limit);
    }

    @Override
    public OptionalLong endOf(TopicName topic) {
        lock.lock();
        try {
            return retainedLocked().endOf(topic);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean retain(Instant now) {
        boolean more = true;
        while (more) {
            lock.lock();
            try {
                more = retainedLocked().removeOlder(now, SCAN);
            } finally {
                lock.unlock(); // Readers get their turn.
            }
        }
        return false;
    }

    /** The bytes are those that retention counts. */
    @Override
    public LogSize size() {
        lock.lock();
        try {
            return retainedLocked().logSize();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            retained = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private RetainedEvents retainedLocked() {
        return retained.orElseThrow(() -> new EventLogException("the log is closed"));
    }

    /**
     * A copy of some events, which a page is made of without the lock.
     *
     * @param from offset behind which they are
     * @param through offset up to which they are all that match
     */
    private record Stretch(List<Event> events, long from, long through, long trimmed, long end) {
        /** With one more than there is room for on the page: that is how it knows that it is full. */
        static Stretch ofTopics(RetainedEvents log, long from, TopicSelector topics, PageLimit limit) {
            int most = Math.min(limit.events(), SCAN - 1) + 1;
            List<Event> events = log.behind(from, topics.exact(), most);
            long through =
                    events.size() < most ? log.end() : events.get(most - 1).id().offset();
            return new Stretch(events, from, through, log.trimmed(), log.end());
        }

        static Stretch ofAll(RetainedEvents log, long from) {
            List<Event> events = log.behind(from, SCAN);
            return new Stretch(events, from, from + events.size(), log.trimmed(), log.end());
        }

        Page page(TopicSelector topics, PageLimit limit) {
            var taken = new ArrayList<Event>();
            long before = from;
            long data = 0;
            for (Event event : events) {
                if (topics.matches(event.topic())) {
                    data += event.data().length();
                    boolean full = taken.size() == limit.events()
                            || data > limit.data().bytes();
                    if (full && !taken.isEmpty()) {
                        return new Page(taken, before, trimmed, end);
                    }
                    taken.add(event);
                }
                before = event.id().offset();
            }
            return new Page(taken, through, trimmed, end);
        }
    }
}
