package org.tidings.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** A user's application that names its classes, and none of Tidings'. */
@ApplicationPath("chat")
@ApplicationScoped
public class RoomApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(RoomResource.class);
    }
}
