package org.tidings.log;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.EventType;
import org.tidings.api.TopicName;

/**
 * The newest events of a log, as many as its retention keeps, at the offsets from {@link #trimmed} + 1 to {@link #end}
 * without a hole. Not safe for threads.
 */
final class RetainedEvents {
    /** About what an event's id, time, topic and strings cost on the heap besides their characters, in bytes. */
    static final int OBJECTS = 200;

    private final Retention retention;
    private final EventRing ring = new EventRing();
    private final Map<TopicName, Long> ends = new HashMap<>();
    private long trimmed;
    private long bytes;

    RetainedEvents(Retention retention) {
        this.retention = retention;
    }

    long trimmed() {
        return trimmed;
    }

    long end() {
        return trimmed + ring.size();
    }

    LogSize logSize() {
        return new LogSize(ring.size(), new ByteSize(bytes));
    }

    OptionalLong endOf(TopicName topic) {
        Long offset = ends.get(topic);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** The retained events behind an offset that is at most {@link #end}, at most so many. */
    List<Event> behind(long offset, int most) {
        return ring.slice((int) (Math.max(offset, trimmed) - trimmed), most);
    }

    /** Adds events at the offsets that come next, all or none, and removes what is too much. */
    void add(List<Event> events) {
        ring.reserve(events.size());
        for (Event event : events) {
            ring.add(event);
            bytes += size(event);
            if (EventLog.isEnd(event.type())) {
                ends.put(event.topic(), event.id().offset());
            }
        }
        while (ring.size() > 1
                && (ring.size() > retention.events() || bytes > retention.size().bytes())) {
            removeFirst();
        }
    }

    /**
     * Removes the oldest events while they are too old, at most so many. Stops at the first that is not, so that no
     * event goes before an older one even if the clock was set back between them.
     *
     * @return whether there may be more to remove
     */
    boolean removeOlder(Instant now, int most) {
        int old = tooOld(now, Math.min(most, ring.size() - 1));
        for (int removed = 0; removed < old; removed++) {
            removeFirst();
        }
        return old == most;
    }

    /** How many of the first so many events are too old; one that is not even due counts as old as the next. */
    private int tooOld(Instant now, int most) {
        int old = 0;
        for (int i = 0; i < most; i++) {
            Event event = ring.get(i);
            if (isTooOld(event, now)) {
                old = i + 1;
            } else if (!event.time().isAfter(now)) {
                break;
            }
        }
        return old;
    }

    private boolean isTooOld(Event event, Instant now) {
        return Duration.between(event.time(), now).compareTo(retention.age()) > 0;
    }

    private void removeFirst() {
        Event removed = ring.removeFirst();
        trimmed = removed.id().offset();
        bytes -= size(removed);
        if (EventLog.isEnd(removed.type())) {
            ends.remove(removed.topic(), trimmed); // Not the entry of a later $end.
        }
    }

    private static long size(Event event) {
        long characters = (long) event.data().length() + event.topic().value().length();
        return OBJECTS
                + 2
                        * (characters
                                + event.type()
                                        .map(EventType::value)
                                        .map(String::length)
                                        .orElse(0));
    }
}
