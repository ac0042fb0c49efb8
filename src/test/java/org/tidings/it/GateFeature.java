package org.tidings.it;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets nobody into any application who does not say the word. */
public class GateFeature implements Feature {
    static final String WORD = "X-Word: sesame";

    /** Who says "please" instead waits, until this is done. */
    static final CompletableFuture<Void> OPENED = new CompletableFuture<>();

    static final AtomicInteger WAITING = new AtomicInteger();

    @Override
    public boolean configure(FeatureContext context) {
        context.register(Gate.class);
        return true;
    }

    /** The filter. */
    public static class Gate implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String word = request.getHeaderString("X-Word");
            if ("please".equals(word)) {
                WAITING.incrementAndGet();
                OPENED.join();
            } else if (!"sesame".equals(word)) {
                request.abortWith(Response.status(Response.Status.UNAUTHORIZED).build());
            }
        }
    }
}
