package org.tidings.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Headers of every answer under {@code /hub}, errors included: each is of one moment and for one client. */
public class HubHeaders implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        // Answers carry strangers' text: no browser may guess that it is HTML.
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    }
}
