package org.tidings.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.tidings.rest.PublishCall;
import org.tidings.rest.Publishing;
import org.tidings.security.Caller;

/** A {@code POST} to {@code events} that is small and has arrived whole. */
final class ShortPublication implements ShortWay {
    /** A longer body may come in parts, and takes longer than a thread that serves many connections should. */
    private static final int LONGEST_BODY = 16 * 1024;

    private static final Set<String> SINGLE = Set.of("type");

    private final String path;
    private final Publishing publishing;

    /** @param path of the events, as {@code /hub/events} */
    ShortPublication(String path, Publishing publishing) {
        this.path = path;
        this.publishing = publishing;
    }

    @Override
    public boolean isFor(Request request) {
        long length = request.getContentLengthLong();
        return request.getMethod() == Method.POST
                && length >= 0
                && length <= LONGEST_BODY
                && request.getInputBuffer().available() >= length
                // Grizzly would read from the connection before it has done with what came.
                && !BodyBuffers.isFollowed(request.getRequest())
                && request.getRequestURI().equals(path);
    }

    @Override
    public boolean take(Request request, Response response) {
        Optional<PublishCall> call = call(request);
        if (call.isEmpty()) {
            return false;
        }
        CompletableFuture<jakarta.ws.rs.core.Response> answer = publishing.answer(call.get(), request.getInputStream());
        if (answer.isDone()) {
            write(answer.join(), response);
            return true;
        }
        response.suspend();
        Executor workers = Workers.executor(request);
        var unused = answer.thenAcceptAsync(
                ready -> {
                    write(ready, response);
                    response.resume();
                },
                workers);
        return true;
    }

    private static Optional<PublishCall> call(Request request) {
        String contentType = request.getContentType();
        return Query.read(
                request,
                SINGLE,
                query -> new PublishCall(
                        Caller.of(request.getScheme(), request::getHeader),
                        query.all("topic"),
                        query.first("type"),
                        contentType == null ? null : MediaType.valueOf(contentType),
                        request.getContentLengthLong()));
    }

    private static void write(jakarta.ws.rs.core.Response answer, Response response) {
        byte[] body = answer.getEntity().toString().getBytes(UTF_8);
        response.setStatus(answer.getStatus());
        answer.getStringHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            // The publisher has gone, without waiting for its receipt.
        }
    }
}
