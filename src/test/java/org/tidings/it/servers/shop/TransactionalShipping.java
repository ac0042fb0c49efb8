package org.tidings.it.servers.shop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

/** A bean whose methods are transactions. */
@ApplicationScoped
public class TransactionalShipping {
    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    @Inject
    private Shipping shipping;

    /** Throws where the outcome is a rollback, as an application would. */
    @Transactional
    public void ship(long order, Outcome outcome, boolean held) {
        if (outcome == Outcome.MARKED) {
            registry.setRollbackOnly();
        }
        shipping.ship(order, held);
        if (outcome == Outcome.ROLLBACK) {
            throw new IllegalStateException("out of stock");
        }
    }
}
