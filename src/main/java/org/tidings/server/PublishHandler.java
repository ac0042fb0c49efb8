package org.tidings.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.tidings.rest.PublishCall;
import org.tidings.rest.Publishing;
import org.tidings.security.Caller;

/**
 * The hub's application, with a short way for its most frequent request: a {@code POST} to {@code events} that has
 * arrived whole is answered by the thread that read it, without Jersey, to which one such request costs several times
 * what the event itself does. What is published and answered is the same, from the same code ({@link Publishing}); only
 * filters that somebody gives to every Jakarta REST application do not see it. Everything else is Jersey's.
 */
final class PublishHandler extends HttpHandler implements RequestExecutorProvider {
    /** A longer body may come in parts, and takes longer than a thread that serves many connections should. */
    private static final int LONGEST_BODY = 16 * 1024;

    private static final RequestExecutorProvider WORKERS = new RequestExecutorProvider.WorkerThreadProvider();

    /**
     * What is asked of the hub without a body never blocks. When all clients come back at once, few threads serve them
     * as fast as many would, and leave processors to the lanes and to who publishes.
     */
    private final ExecutorService openings = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2), daemons("tidings-opening"));

    private final String path;
    private final HttpHandler jersey;
    private final Publishing publishing;

    /** @param path of the application, as {@code /hub} */
    PublishHandler(String path, HttpHandler jersey, Publishing publishing) {
        this.path = path + "/events";
        this.jersey = jersey;
        this.publishing = publishing;
    }

    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
        return this;
    }

    @Override
    public Executor getExecutor(Request request) {
        if (isShort(request)) {
            return null;
        }
        return request.getMethod() == Method.GET ? openings : WORKERS.getExecutor(request);
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        Optional<PublishCall> call = isShort(request) ? call(request) : Optional.empty();
        if (call.isEmpty()) {
            jersey.service(request, response);
            return;
        }
        CompletableFuture<jakarta.ws.rs.core.Response> answer = publishing.answer(call.get(), request.getInputStream());
        if (answer.isDone()) {
            write(answer.join(), response);
            return;
        }
        response.suspend();
        Executor workers = request.getContext().getConnection().getTransport().getWorkerThreadPool();
        var unused = answer.thenAcceptAsync(
                ready -> {
                    write(ready, response);
                    response.resume();
                },
                workers);
    }

    private boolean isShort(Request request) {
        int length = request.getContentLength();
        return request.getMethod() == Method.POST
                && length >= 0
                && length <= LONGEST_BODY
                && request.getInputBuffer().available() >= length
                && request.getRequestURI().equals(path);
    }

    /** Empty if there is something about the request that Jersey should judge. */
    private static Optional<PublishCall> call(Request request) {
        var topics = new ArrayList<String>();
        Optional<String> type = Optional.empty();
        try {
            for (String parameter :
                    Objects.requireNonNullElse(request.getQueryString(), "").split("&", -1)) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                String value = equals < 0 ? "" : URLDecoder.decode(parameter.substring(equals + 1), UTF_8);
                if (name.equals("topic")) {
                    topics.add(value);
                } else if (name.equals("type") && type.isEmpty()) {
                    type = Optional.of(value);
                } else {
                    return Optional.empty();
                }
            }
            String contentType = request.getContentType();
            return Optional.of(new PublishCall(
                    Caller.of(request.getScheme(), request::getHeader),
                    topics,
                    type,
                    contentType == null ? null : MediaType.valueOf(contentType),
                    request.getContentLength()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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

    private static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void start() {
        super.start();
        jersey.start();
    }

    @Override
    public void destroy() {
        super.destroy();
        jersey.destroy();
        openings.shutdown();
    }
}
