package org.tidings.it.servers.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import org.tidings.api.Hub;

/** Begins and ends the transaction itself. */
@ApplicationScoped
public class UserTransactionShipping {
    @Inject
    private UserTransaction transaction;

    @Inject
    private Shipping shipping;

    @Inject
    private Hub hub;

    /** As the outcome says. */
    public void ship(long order, Outcome outcome, boolean held) throws Exception {
        begin(outcome);
        shipping.ship(order, held);
        end(outcome);
    }

    /** Without an event of CDI. */
    public void publish(long order, Outcome outcome) throws Exception {
        begin(outcome);
        hub.publish("orders/" + order, "by the hub");
        end(outcome);
    }

    private void end(Outcome outcome) throws Exception {
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
