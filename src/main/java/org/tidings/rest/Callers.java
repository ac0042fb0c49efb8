package org.tidings.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.tidings.security.Caller;

/** Who asks, by what the Jakarta REST runtime tells of a request. */
final class Callers {
    private Callers() {}

    static Caller of(UriInfo uri, HttpHeaders headers) {
        return Caller.of(uri.getRequestUri().getScheme(), headers::getHeaderString);
    }
}
