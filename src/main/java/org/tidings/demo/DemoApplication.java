package org.tidings.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The demo's resources, at {@code /demo}. */
@ApplicationPath("demo")
@ApplicationScoped
public class DemoApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(DemoGate.class, DemoResource.class);
    }
}
