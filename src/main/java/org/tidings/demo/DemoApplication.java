package org.tidings.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.tidings.rest.FailureMapper;
import org.tidings.rest.HubHeaders;
import org.tidings.rest.RejectedMapper;
import org.tidings.rest.WebApplicationMapper;

/** The demo's resources, at {@code /demo}. */
@ApplicationPath("demo")
@ApplicationScoped
public class DemoApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                DemoGate.class,
                DemoResource.class,
                HubHeaders.class,
                RejectedMapper.class,
                WebApplicationMapper.class,
                FailureMapper.class);
    }
}
