package org.tidings.cdi;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Registers {@link LastEventIdFilter}: named in {@code META-INF/services}, so that runtimes add it to each application
 * that they serve (Jakarta REST 3.1, 4.1.2), also to one that lists its classes. Of all features with one priority,
 * RESTEasy takes one only: this has a priority of its own.
 */
@Priority(Priorities.USER + 42)
public class LastEventIdFeature implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        if (!context.getConfiguration().isRegistered(LastEventIdFilter.class)) {
            context.register(LastEventIdFilter.class);
        }
        return true;
    }
}
