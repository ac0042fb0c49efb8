package org.tidings.bench;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The base line as a WAR: one resource for all requests, without CDI, as every runtime understands it. */
@ApplicationPath("/")
public final class BroadcasterApplication extends Application {
    private final Set<Object> singletons = Set.of(new BroadcasterResource());

    @Override
    @SuppressWarnings("deprecation") // in favour of CDI, which two servers would find this resource in two ways with
    public Set<Object> getSingletons() {
        return singletons;
    }
}
