package org.tidings.it.servers.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** How many there are. */
@ApplicationScoped
public class Carts {
    private final AtomicInteger number = new AtomicInteger();

    /** One more, or one less. */
    public void add(int difference) {
        number.addAndGet(difference);
    }

    /** Now. */
    public int number() {
        return number.get();
    }
}
