package org.tidings.log.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidings.api.Event;
import org.tidings.log.Retention;

/**
 * Removes what retention does not keep, a little at a time: a step takes some milliseconds. Never the newest event. For
 * the appender, within its transactions.
 */
final class Remover {
    /** The most events that one step removes. */
    static final int STEP = 1_000;

    /** The most that one step looks at, where a clock that was ahead has stamped them. */
    private static final int LOOK = 20 * STEP;

    // Removal goes below a bound by a share of it, at most so much: one step serves many appends.
    private static final int SHARE = 1_024;
    private static final int MOST_EVENTS = 256;
    private static final int MOST_BYTES = 64 * 1024;

    private final Retention retention;
    private final LogState state;
    private final long[] looked; // by rule: all its events up to there are gone
    private long unmeasured = Long.MAX_VALUE / 2; // bytes appended since the file was measured

    Remover(Retention retention, LogState state) {
        this.retention = retention;
        this.state = state;
        this.looked = new long[state.rules().size()];
    }

    /**
     * Removes the oldest events where there are too many, or they take too much.
     *
     * @param change what the transaction has added
     * @param end the newest event's position
     * @return whether there may be more to remove
     */
    boolean removeExcess(Writer writer, Change change, long end) throws SQLException {
        long events = state.events() + change.added().size() - change.removed();
        long bound = retention.events();
        if (events > bound) {
            removeOldest(writer, change, end, events - bound + Math.min(MOST_EVENTS, bound / SHARE), Long.MAX_VALUE);
        }
        return removeExcessBytes(writer, change, end) || events - bound > 2 * STEP;
    }

    private boolean removeExcessBytes(Writer writer, Change change, long end) throws SQLException {
        long bound = retention.size().bytes();
        for (Event event : change.added()) {
            unmeasured = unmeasured + event.data().length() + StoredEvent.ROW;
        }
        if (unmeasured < Math.min(MOST_BYTES, bound / SHARE)) {
            return false;
        }
        unmeasured = 0;
        long excess = writer.used().bytes() - bound;
        if (excess > 0) {
            removeOldest(writer, change, end, STEP, excess + Math.min(MOST_BYTES, bound / SHARE));
            unmeasured = bound; // What was removed may have freed less than that.
        }
        return excess > 0;
    }

    /** Forgets how far it got: a transaction was rolled back. */
    void startOver() {
        Arrays.fill(looked, 0);
        unmeasured = Long.MAX_VALUE / 2;
    }

    private void removeOldest(Writer writer, Change change, long end, long most, long mostBytes) throws SQLException {
        var oldest = new ArrayList<StoredEvent>();
        long[] bytes = {0};
        writer.visit(0, end, event -> {
            oldest.add(event);
            bytes[0] += event.bytes();
            return oldest.size() < Math.min(most, 2 * STEP) && bytes[0] < mostBytes;
        });
        if (!oldest.isEmpty()) {
            remove(writer, change, oldest);
            long last = oldest.get(oldest.size() - 1).position();
            writer.recordTrimmed(last);
            change.trim(last);
        }
    }

    /**
     * Removes what is too old by a rule.
     *
     * @param end the newest event's position
     * @return whether there may be more to remove
     */
    boolean removeOld(Writer writer, Change change, int rule, long end, Instant now) throws SQLException {
        List<StoredEvent> old = tooOld(writer, rule, end, now.toEpochMilli());
        if (old.isEmpty()) {
            return false;
        }
        List<StoredEvent> removed = ofRule(writer, rule, old);
        if (!removed.isEmpty()) {
            remove(writer, change, removed);
            long last = removed.get(removed.size() - 1).position();
            writer.recordLoss(state.rules().name(rule), last);
            change.lose(rule, last);
        }
        looked[rule] = old.get(old.size() - 1).position();
        return old.size() >= STEP;
    }

    /** Stops at the first that is not, so that no event goes before an older one even if the clock was set back. */
    private List<StoredEvent> tooOld(Writer writer, int rule, long end, long now) throws SQLException {
        long age = state.rules().age(rule);
        var old = new ArrayList<StoredEvent>();
        var early = new ArrayList<StoredEvent>(); // stamped by a clock that was ahead: as old as the next
        writer.visit(looked[rule], end, event -> {
            if (event.time() > now) {
                early.add(event);
            } else if (now - event.time() > age) {
                old.addAll(early);
                early.clear();
                old.add(event);
            } else {
                return false;
            }
            return old.size() < STEP && early.size() < LOOK;
        });
        return old;
    }

    private List<StoredEvent> ofRule(Writer writer, int rule, List<StoredEvent> events) throws SQLException {
        if (state.rules().size() == 1) {
            return events;
        }
        Map<Long, Integer> rules = new HashMap<>(); // by topic
        for (StoredEvent event : events) {
            if (!rules.containsKey(event.topic())) {
                rules.put(event.topic(), state.rules().of(writer.nameOf(event.topic())));
            }
        }
        return events.stream().filter(event -> rules.get(event.topic()) == rule).toList();
    }

    private static void remove(Writer writer, Change change, List<StoredEvent> events) throws SQLException {
        writer.delete(events);
        change.remove(events);
    }
}
