package org.tidings.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

/** Headers of every answer under {@code /hub}, errors included: each is of one moment and for one client. */
public class HubHeaders implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        add(response.getHeaders());
    }

    static void add(MultivaluedMap<String, Object> headers) {
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        // Answers carry strangers' text: no browser may guess that it is HTML.
        headers.putSingle("X-Content-Type-Options", "nosniff");
    }
}
