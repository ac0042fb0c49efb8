package org.tidings.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** An application that broadcasts by means of Jakarta REST alone. */
@ApplicationPath("radio")
@ApplicationScoped
public class RadioApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(RadioResource.class);
    }
}
