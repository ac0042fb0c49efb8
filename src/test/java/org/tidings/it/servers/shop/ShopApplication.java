package org.tidings.it.servers.shop;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Its data source has two connections, and who waits for a third gives up soon. */
@ApplicationPath("shop")
@DataSourceDefinition(
        name = ShopApplication.STOCK,
        className = "org.sqlite.SQLiteDataSource",
        url = "jdbc:sqlite::memory:",
        minPoolSize = 0,
        initialPoolSize = 0,
        maxPoolSize = 2)
public class ShopApplication extends Application {
    static final String STOCK = "java:app/shop/stock";

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(OrdersResource.class, BoardResource.class, StockResource.class);
    }
}
