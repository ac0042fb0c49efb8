package org.tidings.it.servers.shop;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An enterprise bean, whose methods are transactions too. */
@Stateless
public class EjbShipping {
    @Resource
    private SessionContext context;

    @Inject
    private Shipping shipping;

    /** Throws where the outcome is a rollback, as an application would. */
    public void ship(long order, Outcome outcome, boolean held) {
        if (outcome == Outcome.MARKED) {
            context.setRollbackOnly();
        }
        shipping.ship(order, held);
        if (outcome == Outcome.ROLLBACK) {
            throw new EJBException("out of stock");
        }
    }
}
