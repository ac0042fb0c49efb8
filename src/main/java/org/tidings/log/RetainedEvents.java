package org.tidings.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
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

    /** About what a topic costs that has events, in bytes. */
    static final int TOPIC = 100;

    private final Retention retention;
    private final EventRing ring = new EventRing();
    private final Map<String, EventRing> topics = new HashMap<>();
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

    /** The retained events of some topics behind an offset, at most so many. */
    List<Event> behind(long offset, Set<String> names, int most) {
        var next = new PriorityQueue<Cursor>(Comparator.comparingLong(Cursor::offset));
        for (String name : names) {
            EventRing events = topics.get(name);
            if (events != null) {
                new Cursor(events, events.indexBehind(offset)).enterInto(next);
            }
        }
        var merged = new ArrayList<Event>();
        while (merged.size() < most && !next.isEmpty()) {
            Cursor cursor = next.remove();
            merged.add(cursor.event());
            cursor.following().enterInto(next);
        }
        return merged;
    }

    /** Adds events at the offsets that come next, all or none, and removes what is too much. */
    void add(List<Event> events) {
        reserve(events);
        for (Event event : events) {
            EventRing ofTopic = topics.get(event.topic().value());
            bytes += size(event) + (ofTopic.size() == 0 ? TOPIC : 0);
            ring.add(event);
            ofTopic.add(event);
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
        EventRing ofTopic = topics.get(removed.topic().value());
        ofTopic.removeFirst();
        if (ofTopic.size() == 0) {
            topics.remove(removed.topic().value());
            bytes -= TOPIC;
        }
        if (EventLog.isEnd(removed.type())) {
            ends.remove(removed.topic(), trimmed); // Not the entry of a later $end.
        }
    }

    /** What may fail of adding them, for want of memory. */
    private void reserve(List<Event> events) {
        ring.reserve(events.size());
        var more = new HashMap<String, Integer>();
        for (Event event : events) {
            String topic = event.topic().value();
            topics.computeIfAbsent(topic, name -> new EventRing()).reserve(more.merge(topic, 1, Integer::sum));
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

    /** A place among the events of a topic. */
    private record Cursor(EventRing events, int index) {
        Event event() {
            return events.get(index);
        }

        long offset() {
            return event().id().offset();
        }

        Cursor following() {
            return new Cursor(events, index + 1);
        }

        void enterInto(Queue<Cursor> queue) {
            if (index < events.size()) {
                queue.add(this);
            }
        }
    }
}
