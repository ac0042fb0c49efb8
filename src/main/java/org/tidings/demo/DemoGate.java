package org.tidings.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.config.Settings;
import org.tidings.security.Caller;
import org.tidings.security.ListenAddress;
import org.tidings.security.PublishGuard;

/**
 * Keeps the demo from strangers: it writes what anybody says to where anybody reads it. It is there on loopback, and
 * elsewhere only with {@code tidings.demo=on}; in either case not for web pages of other sites.
 */
@ApplicationScoped
public class DemoGate implements ContainerRequestFilter {
    @Inject
    private Settings settings;

    @Inject
    private Instance<ListenAddress> address;

    @Inject
    private PublishGuard guard;

    @Override
    public void filter(ContainerRequestContext request) {
        var caller = Caller.of(request.getUriInfo().getRequestUri().getScheme(), request::getHeaderString);
        switch (settings.demo()) {
            case ON -> requireOwnPage(caller);
            case LOOPBACK -> {
                if (!address.isResolvable() || !address.get().isLoopback()) {
                    throw off();
                }
                guard.check(caller);
            }
            case OFF -> throw off();
        }
    }

    /** Either scheme: behind a proxy that speaks TLS, the browser's is not the one that is seen here. */
    private static void requireOwnPage(Caller caller) {
        boolean own = caller.origin()
                .map(origin -> origin.equalsIgnoreCase("http://" + caller.host())
                        || origin.equalsIgnoreCase("https://" + caller.host()))
                .orElse(true);
        if (!own) {
            throw new RejectedException(
                    RejectionReason.PUBLISHING_FORBIDDEN, "the demo does not answer to web pages of another origin");
        }
    }

    private static ProblemException off() {
        return new ProblemException(
                404, "demo-off", "The demo is off", "the demo is off on this server; tidings.demo=on switches it on");
    }
}
