package org.tidings.it.servers.preface;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Beside Tidings. */
@ApplicationPath("preface")
@ApplicationScoped
public class PrefaceApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(PrefaceResource.class);
    }
}
