package org.tidings.it.servers.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** Begins and ends the transaction itself. */
@ApplicationScoped
public class UserTransactionShipping {
    @Inject
    private UserTransaction transaction;

    @Inject
    private Shipping shipping;

    /** As the outcome says. */
    public void ship(long order, Outcome outcome, boolean held) throws Exception {
        begin(outcome);
        shipping.ship(order, held);
        if (outcome == Outcome.COMMIT) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
    }

    private void begin(Outcome outcome) throws NotSupportedException, SystemException {
        transaction.begin();
        if (outcome == Outcome.MARKED) {
            transaction.setRollbackOnly();
        }
    }
}
