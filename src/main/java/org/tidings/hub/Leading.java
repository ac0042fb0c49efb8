package org.tidings.hub;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first ones in an order, of however many are offered. For one thread at a time. */
final class Leading<T> {
    private final int most;
    private final Comparator<T> order;
    private final PriorityQueue<T> kept; // the last one of them is its head

    /** @param most how many are kept */
    Leading(int most, Comparator<T> order) {
        this.most = most;
        this.order = order;
        this.kept = new PriorityQueue<>(order.reversed());
    }

    void offer(T candidate) {
        if (kept.size() < most) {
            kept.add(candidate);
        } else if (order.compare(candidate, kept.element()) < 0) {
            kept.remove();
            kept.add(candidate);
        }
    }

    List<T> inOrder() {
        return kept.stream().sorted(order).toList();
    }
}
