package org.tidings.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** An application that does with its sinks whatever Jakarta REST allows. */
@ApplicationPath("sinks")
@ApplicationScoped
public class SinkApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(SinkResource.class, SinkFilter.class);
    }
}
