package org.tidings.it.servers.shop;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.api.Hub;

/** Ships orders in each way that there is, and streams them from an address of its own. */
@Path("orders")
@ApplicationScoped
public class OrdersResource {
    @Inject
    private Hub hub;

    @Inject
    private Shipping shipping;

    @Inject
    private UserTransactionShipping userTransaction;

    @Inject
    private TransactionalShipping transactional;

    @EJB
    private EjbShipping ejb;

    @Inject
    private Gate gate;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink, @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String after) {
        hub.connect(sink).topics("orders/*").after(after).open();
    }

    /** Returns when the transaction has ended. What an outcome throws is expected. */
    @POST
    @Path("{order}/{way}")
    public String ship(
            @PathParam("order") long order,
            @PathParam("way") String way,
            @QueryParam("outcome") Outcome outcome,
            @QueryParam("held") boolean held)
            throws Exception {
        try {
            switch (way) {
                case "user-transaction" -> userTransaction.ship(order, outcome, held);
                case "transactional" -> transactional.ship(order, outcome, held);
                case "by-hub" -> userTransaction.publish(order, outcome);
                case "ejb" -> ejb.ship(order, outcome, held);
                default -> shipping.ship(order, held);
            }
        } catch (RuntimeException e) {
            if (outcome == Outcome.COMMIT) {
                throw e;
            }
        }
        return "ended";
    }

    /** Returns when a call is held. */
    @GET
    @Path("{order}/held")
    public String held(@PathParam("order") long order) {
        gate.awaitCall(order);
        return "held";
    }

    /** Lets it end. */
    @POST
    @Path("{order}/held")
    public void goOn(@PathParam("order") long order) {
        gate.open(order);
    }
}
