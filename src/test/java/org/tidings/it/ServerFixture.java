package org.tidings.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;
import org.tidings.testkit.SseSocketClient;

/** The embedded server on a free port, for all tests of a class: each uses topics of its own. */
final class ServerFixture implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> settings;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Class<?>[] application;
    private TidingsServer server;

    /**
     * @param settings by key; the port is any that is free
     * @param application classes of an application beside Tidings
     */
    ServerFixture(Map<String, String> settings, Class<?>... application) {
        this.application = application;
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent("tidings.port", "0");
        // Nothing here is slow to end.
        this.settings.putIfAbsent("tidings.drain", "1s");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path folder = Files.createTempDirectory("tidings-it");
        settings.putIfAbsent("tidings.log.engine", "sqlite");
        settings.putIfAbsent("tidings.log.directory", folder.resolve("log").toString());
        server = BeanArchive.of(folder, application).onClassPath(() -> TidingsServer.start(settings));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }

    TidingsServer server() {
        return server;
    }

    /** An address below the server's, as {@code hub/events?topic=a}. */
    URI uri(String relative) {
        return server.address().resolve(relative);
    }

    SseSocketClient stream(String query, String... headers) throws IOException {
        return SseSocketClient.open(uri("hub/events?" + query), headers);
    }

    HttpResponse<String> publish(String query, String data) {
        return send(request("hub/events?" + query).POST(BodyPublishers.ofString(data)));
    }

    /** Publishes; gives the id. */
    String published(String query, String data) {
        return json(publish(query, data)).getString("id");
    }

    HttpResponse<String> end(String topic) {
        return send(request("hub/topics/" + topic).DELETE());
    }

    HttpResponse<String> poll(String query) {
        return send(request("hub/events?" + query).header("Accept", "application/json"));
    }

    HttpResponse<String> patch(String connection, String body) {
        return send(request("hub/connections/" + connection)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String relative) {
        return HttpRequest.newBuilder(uri(relative)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    static JsonObject json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
