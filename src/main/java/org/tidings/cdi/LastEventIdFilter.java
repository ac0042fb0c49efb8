package org.tidings.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Keeps the request's {@code Last-Event-ID} for {@code SseBroadcaster.register}, whose signature has no room for it.
 * {@link LastEventIdFeature} adds it to every application.
 */
@ApplicationScoped
public class LastEventIdFilter implements ContainerRequestFilter {
    @Inject
    private LastEventId lastEventId;

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER);
        if (header == null) {
            return;
        }
        try {
            lastEventId.set(header);
        } catch (ContextNotActiveException noRequestScope) {
            // Then a broadcaster could not read it either.
        }
    }
}
