package org.tidings.it.servers.shop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.tidings.api.Hub;

/** Streams that begin with everything a request can hold: a transaction, a pooled connection, a bean of the request. */
@Path("stock")
@ApplicationScoped
public class StockResource {
    @Resource(lookup = ShopApplication.STOCK)
    private DataSource stock;

    @Inject
    private Hub hub;

    @Inject
    private Cart cart;

    @Inject
    private Carts carts;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Transactional
    public void stream(@Context SseEventSink sink) throws SQLException {
        cart.look();
        try (Connection connection = stock.getConnection()) {
            count(connection);
        }
        hub.connect(sink).topics("stock").open();
    }

    /** How many beans of requests there are, asked with all connections that the pool has. */
    @GET
    @Path("carts")
    public int carts() throws SQLException {
        try (Connection one = stock.getConnection();
                Connection two = stock.getConnection()) {
            count(one);
            count(two);
            return carts.number();
        }
    }

    private static void count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }
}
