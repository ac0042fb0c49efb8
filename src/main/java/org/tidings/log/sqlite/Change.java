package org.tidings.log.sqlite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidings.api.Event;

/** What a transaction has done so far: known to nobody else until it is committed. */
final class Change {
    private final List<Event> added;
    private final Map<Integer, Long> losses = new HashMap<>();
    private final Set<Long> removedEnds = new HashSet<>();
    private long trimmed;
    private long removed;

    Change(List<Event> added) {
        this.added = added;
    }

    List<Event> added() {
        return added;
    }

    /** How many. */
    long removed() {
        return removed;
    }

    /** The position up to which events of all topics were removed, 0 if none were. */
    long trimmed() {
        return trimmed;
    }

    /** The position up to which a rule removed events, for each that did. */
    Map<Integer, Long> losses() {
        return losses;
    }

    /** The positions of removed {@link org.tidings.log.EventLog#END} events. */
    Set<Long> removedEnds() {
        return removedEnds;
    }

    void remove(List<StoredEvent> events) {
        removed += events.size();
        events.stream().filter(StoredEvent::end).forEach(event -> removedEnds.add(event.position()));
    }

    void trim(long position) {
        trimmed = position;
    }

    void lose(int rule, long position) {
        losses.put(rule, position);
    }
}
