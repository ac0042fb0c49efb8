package org.tidings.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.tidings.api.EventLogException;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Connection;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;
import org.tidings.wire.JsonWriter;

/** Answers that resources share. */
final class Answers {
    private Answers() {}

    /** Answers 204 if there is nothing left to hear: an EventSource comes back for ever to anything else. */
    static void requireMore(EventHub hub, TopicSelector topics, Cursor cursor) {
        if (hub.isOver(topics, cursor)) {
            throw new WebApplicationException(Response.noContent().build());
        }
    }

    /** Opens a stream on a connection, whose response may have begun: if it is refused, nobody else would end that. */
    static String open(EventHub hub, TopicSelector topics, Cursor cursor, Connection connection) {
        try {
            return hub.open(topics, cursor, connection);
        } catch (RuntimeException e) {
            connection.abort();
            throw e;
        }
    }

    /** A receipt as JSON. */
    static Response receipt(Response.Status status, Receipt receipt) {
        // By hand: the library looks for its provider anew each time, which costs more than all the rest.
        String body = new JsonWriter()
                .object()
                .member("id", receipt.id().toString())
                .member("topic", receipt.topic().value())
                .endObject()
                .toString();
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }

    /**
     * Answers when the result is there, on a thread that may block on the client: the result is completed by one of the
     * hub's, which may not. A failure is made a problem here and not by the mappers: Payara keeps what it saw of a
     * request with the thread that began it, and an exception would keep the class loader of the WAR.
     */
    static <T> void later(
            AsyncResponse response, Executor writers, CompletableFuture<T> result, Function<T, Response> answer) {
        var unused = result.whenCompleteAsync((value, failure) -> resume(response, value, failure, answer), writers);
    }

    private static <T> void resume(AsyncResponse response, T value, Throwable failure, Function<T, Response> answer) {
        try {
            if (failure == null) {
                response.resume(answer.apply(value));
            } else {
                response.resume(problem(failure));
            }
        } catch (RuntimeException e) {
            // Whatever it was, the client must not wait for ever.
            response.resume(problem(e));
        }
    }

    /** What made a future fail, as the mappers would answer it. */
    static Response problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RejectedException rejection) {
            return new RejectedMapper().toResponse(rejection);
        }
        if (cause instanceof EventLogException fault) {
            return new EventLogMapper().toResponse(fault);
        }
        return new FailureMapper()
                .toResponse(cause instanceof RuntimeException e ? e : new IllegalStateException(cause));
    }
}
