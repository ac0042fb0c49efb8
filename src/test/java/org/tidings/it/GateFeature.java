package org.tidings.it;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;

/** Lets nobody into any application who does not say the word. */
public class GateFeature implements Feature {
    static final String WORD = "X-Word: sesame";

    @Override
    public boolean configure(FeatureContext context) {
        context.register(Gate.class);
        return true;
    }

    /** The filter. */
    public static class Gate implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (!"sesame".equals(request.getHeaderString("X-Word"))) {
                request.abortWith(Response.status(Response.Status.UNAUTHORIZED).build());
            }
        }
    }
}
