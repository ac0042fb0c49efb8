package org.tidings.hub;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.Set;
import org.tidings.api.TopicName;

/**
 * What waits for one connection, oldest first, with the bytes that its transport still holds. For the lane's thread.
 *
 * <p>What {@link #offer} takes never exceeds the limit. {@link #add} is for what must get through whatever its size,
 * and of which there is never more than a page of the log and a few control frames.
 */
final class SendQueue {
    private final long limit;
    private final HubStatistics statistics;
    private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>(0);
    private long bytes;
    private long held; // by the transport, of the frame that it was given last

    SendQueue(long limit, HubStatistics statistics) {
        this.limit = limit;
        this.statistics = statistics;
    }

    /** Takes the delivery if it fits. */
    boolean offer(Delivery delivery) {
        if (bytes + held + delivery.length() > limit) {
            return false;
        }
        add(delivery);
        return true;
    }

    void add(Delivery delivery) {
        deliveries.add(delivery);
        count(delivery.length());
    }

    /** In front of all events, behind the hub's own words that wait already. */
    void addBeforeEvents(Delivery delivery) {
        var words = new ArrayDeque<Delivery>();
        while (!deliveries.isEmpty() && deliveries.peek().first() == Delivery.CONTROL) {
            words.push(deliveries.remove());
        }
        deliveries.addFirst(delivery);
        words.forEach(deliveries::addFirst);
        count(delivery.length());
    }

    boolean contains(Delivery delivery) {
        return deliveries.contains(delivery);
    }

    /** The oldest, which is then the transport's; {@code null} if there is none. */
    Delivery poll() {
        Delivery delivery = deliveries.poll();
        if (delivery != null) {
            count(-delivery.length());
        }
        return delivery;
    }

    /** The offset of the oldest event that waits. */
    OptionalLong firstOffset() {
        for (Delivery delivery : deliveries) {
            if (delivery.first() != Delivery.CONTROL) {
                return OptionalLong.of(delivery.first());
            }
        }
        return OptionalLong.empty();
    }

    /** Bytes that wait, those that the transport holds included. */
    long length() {
        return bytes + held;
    }

    boolean isOverLimit() {
        return length() > limit;
    }

    boolean isEmpty() {
        return bytes == 0; // of nothing but nothing: every frame has some
    }

    /** Leaves the hub's own words: a {@code $gap} that waits must still be told. */
    void dropEvents() {
        deliveries.removeIf(delivery -> {
            boolean event = delivery.first() != Delivery.CONTROL;
            count(event ? -delivery.length() : 0);
            return event;
        });
    }

    void clear() {
        count(-bytes);
        deliveries.clear();
    }

    /** How much the transport holds of what it was given. */
    void hold(long length) {
        if (length != held) {
            statistics.addQueued(length - held);
            held = length;
        }
    }

    /**
     * Removes what is superseded: events of topics that keep the latest, but for the latest. Returns whether there were
     * any.
     */
    boolean conflate() {
        Set<TopicName> seen = new HashSet<>();
        boolean removed = false;
        for (Iterator<Delivery> newestFirst = deliveries.descendingIterator(); newestFirst.hasNext(); ) {
            Delivery delivery = newestFirst.next();
            if (delivery.conflates().isPresent()
                    && !seen.add(delivery.conflates().get())) {
                newestFirst.remove();
                count(-delivery.length());
                removed = true;
            }
        }
        return removed;
    }

    private void count(long change) {
        bytes += change;
        statistics.addQueued(change);
    }
}
