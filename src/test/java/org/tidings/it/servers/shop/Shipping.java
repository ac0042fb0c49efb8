package org.tidings.it.servers.shop;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** What is done within a transaction: three events, in this order. */
@Dependent
public class Shipping {
    @Inject
    private Event<OrderShipped> shipped;

    @Inject
    private Gate gate;

    void ship(long order, boolean held) {
        shipped.fire(new OrderShipped(order, "first"));
        shipped.fire(new OrderShipped(order, "second"));
        shipped.fire(new OrderShipped(order, "third"));
        if (held) {
            gate.pass(order);
        }
    }
}
