package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.hub.EventHub;
import org.tidings.security.PublishGuard;

/** What {@code POST /hub/events} does: for the resource, and for a server that reads such a request by itself. */
@ApplicationScoped
public class Publishing {
    @Inject
    private EventHub hub;

    @Inject
    private PublishGuard guard;

    /**
     * Publishes the body. Waits for the body only.
     *
     * @throws RejectedException if the request is at fault; nothing was published
     */
    CompletableFuture<Receipt> publish(PublishCall call, InputStream body) {
        call.authorize(guard);
        return hub.publish(call.publication(body));
    }

    /**
     * As the resource would answer, headers included; a problem too. Never throws, and does not fail.
     *
     * @param body all of it can be read at once
     */
    public CompletableFuture<Response> answer(PublishCall call, InputStream body) {
        CompletableFuture<Receipt> receipt;
        try {
            receipt = publish(call, body);
        } catch (RuntimeException e) {
            receipt = CompletableFuture.failedFuture(e);
        }
        return receipt.handle((published, failure) -> {
            Response response = failure == null ? Answers.receipt(Status.CREATED, published) : Answers.problem(failure);
            HubHeaders.add(response.getHeaders());
            return response;
        });
    }
}
