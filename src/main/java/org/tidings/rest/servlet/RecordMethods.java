package org.tidings.rest.servlet;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.runtime.ObjectMethods;
import java.util.List;

/** The method handles that {@code equals}, {@code hashCode} and {@code toString} of all records are made of. */
public class RecordMethods implements Extension {
    /**
     * Has them forget this application. Up to Java 19 each keeps the last type that it was made for, with its class
     * loader, although the application was undeployed: this makes them for {@link String}. An extension's, for that is
     * told when all beans are destroyed, and no record is hashed for the first time any more.
     */
    void forgetApplication(@Observes BeforeShutdown undeployed) {
        try {
            for (String method : List.of("equals", "hashCode", "toString")) {
                ObjectMethods.bootstrap(
                        MethodHandles.lookup(),
                        method,
                        MethodHandle.class,
                        String.class,
                        "value",
                        MethodHandles.identity(String.class));
            }
        } catch (Throwable e) { // declared so
            System.getLogger(RecordMethods.class.getName())
                    .log(System.Logger.Level.DEBUG, "Another application's records will do it", e);
        }
    }
}
