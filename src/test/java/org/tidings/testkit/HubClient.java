package org.tidings.testkit;

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
import java.util.concurrent.CompletableFuture;

/** What tests ask of a server over HTTP/1.1, wherever it is. */
public abstract class HubClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Of a server at this address. */
    public static HubClient of(URI address) {
        return new HubClient() {
            @Override
            protected URI address() {
                return address;
            }
        };
    }

    /** Where Tidings is: what is below it begins with {@code hub/}. */
    protected abstract URI address();

    /** An address below the server's, as {@code hub/events?topic=a}. */
    public final URI uri(String relative) {
        return address().resolve(relative);
    }

    public final SseSocketClient stream(String query, String... headers) throws IOException {
        return SseSocketClient.open(uri("hub/events?" + query), headers);
    }

    public final HttpResponse<String> publish(String query, String data) {
        return send(request("hub/events?" + query).POST(BodyPublishers.ofString(data)));
    }

    /** Publishes; gives the id. */
    public final String published(String query, String data) {
        return json(publish(query, data)).getString("id");
    }

    public final HttpResponse<String> end(String topic) {
        return send(request("hub/topics/" + topic).DELETE());
    }

    public final HttpResponse<String> poll(String query) {
        return send(request("hub/events?" + query).header("Accept", "application/json"));
    }

    public final HttpResponse<String> patch(String connection, String body) {
        return send(request("hub/connections/" + connection)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    /** A number of {@code hub/metrics}, by its name with its labels if it has any. */
    public final long metric(String name) {
        return send(request("hub/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + ' '))
                .map(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name));
    }

    /** How many streams have ended for a reason, as {@code client-gone}. */
    public final long closed(String reason) {
        return metric("tidings_connections_closed_total{reason=\"" + reason + "\"}");
    }

    public final HttpRequest.Builder request(String relative) {
        return HttpRequest.newBuilder(uri(relative)).timeout(Patience.LIMIT);
    }

    public final HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public final CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    public static JsonObject json(HttpResponse<String> response) {
        return json(response.body());
    }

    public static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
