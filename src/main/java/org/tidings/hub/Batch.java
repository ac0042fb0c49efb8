package org.tidings.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The events that a connection gets in one round, as the last step of a path from the round's root. Connections that
 * get the same events stand on the same step, so that what they get is merged once for all of them.
 *
 * <p>For one lane's thread. Works because a round hands out its events one after the other: when an event is handed
 * out, the newest continuation of a step is either by this event or by an earlier one.
 */
final class Batch {
    private final Batch before; // null at the root
    private final Entry last; // null at the root
    private Batch next;
    private List<Entry> entries;
    private Delivery delivery;

    private Batch(Batch before, Entry last) {
        this.before = before;
        this.last = last;
    }

    static Batch root() {
        return new Batch(null, null);
    }

    /** The step behind this one by the event. */
    Batch then(Entry entry) {
        if (next == null || next.last.offset() != entry.offset()) {
            next = new Batch(this, entry);
        }
        return next;
    }

    /** All of its events in one frame. Not for the root. */
    Delivery delivery() {
        if (delivery == null) {
            delivery = Delivery.of(entries());
        }
        return delivery;
    }

    /** Its events, oldest first. Not for the root. */
    List<Entry> entries() {
        if (entries == null) {
            var reversed = new ArrayList<Entry>();
            for (Batch step = this; step.before != null; step = step.before) {
                reversed.add(step.last);
            }
            Collections.reverse(reversed);
            entries = List.copyOf(reversed);
        }
        return entries;
    }
}
