package org.tidings.it;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;

/** Makes something else of a response, as the request's {@code filter} has it. */
public class SinkFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String wish = request.getUriInfo().getQueryParameters().getFirst("filter");
        if ("refuse".equals(wish)) {
            response.setStatus(403);
            response.setEntity("refused", null, MediaType.TEXT_PLAIN_TYPE);
        } else if ("fail".equals(wish)) {
            throw new IllegalStateException("a filter that fails, for a test");
        }
    }
}
