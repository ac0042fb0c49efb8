package org.tidings.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Keeps caches, compressors and proxies from storing or holding back an event stream. */
public class StreamHeaders implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        if (type != null && type.isCompatible(MediaType.SERVER_SENT_EVENTS_TYPE)) {
            add(response.getHeaders());
        }
    }

    static void add(MultivaluedMap<String, Object> headers) {
        // A cache would replay one user's stream to another; a compressor collects before it sends.
        headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
        // nginx, and who copied it, buffers a response unless told so.
        headers.putSingle("X-Accel-Buffering", "no");
    }
}
