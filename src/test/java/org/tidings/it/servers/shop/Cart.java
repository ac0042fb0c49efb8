package org.tidings.it.servers.shop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Lives as long as a request is worked on. */
@RequestScoped
public class Cart {
    @Inject
    private Carts carts;

    @PostConstruct
    void opened() {
        carts.add(1);
    }

    @PreDestroy
    void closed() {
        carts.add(-1);
    }

    /** Has it made. */
    public void look() {}
}
