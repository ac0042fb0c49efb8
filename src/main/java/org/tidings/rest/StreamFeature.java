package org.tidings.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;

/**
 * What every application needs whose resources hand streams over: named in {@code META-INF/services}, so that runtimes
 * add it to each application that they serve (Jakarta REST 3.1, 4.1.2). Of all features with one priority, RESTEasy
 * takes one only: this has a priority of its own.
 */
@Priority(Priorities.USER + 41)
public class StreamFeature implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        for (Class<?> provider :
                List.of(StreamHeaders.class, FrameEventWriter.class, RejectedMapper.class, EventLogMapper.class)) {
            if (!context.getConfiguration().isRegistered(provider)) {
                context.register(provider);
            }
        }
        return true;
    }
}
