package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The HTTP interface, at {@code /hub}. */
@ApplicationPath("hub")
@ApplicationScoped
public class HubApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                EventsResource.class,
                ConnectionsResource.class,
                TopicsResource.class,
                OperatorsResource.class,
                HubHeaders.class,
                PatchType.class,
                StreamFeature.class,
                WebApplicationMapper.class,
                FailureMapper.class);
    }
}
