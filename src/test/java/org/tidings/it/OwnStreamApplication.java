package org.tidings.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** An application beside Tidings that knows nothing of it but {@code api}. */
@ApplicationPath("own")
@ApplicationScoped
public class OwnStreamApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(OwnStreamResource.class);
    }
}
