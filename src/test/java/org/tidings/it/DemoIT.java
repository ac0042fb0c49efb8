package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidings.server.TidingsServer;

/** Whom the demo answers, and with what. */
@Timeout(60)
class DemoIT {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AutoClose
    private TidingsServer server;

    @Test
    void faultyInputIsAProblem() throws Exception {
        start(Map.of());

        var answer = post("demo/messages", "{\"from\": \"Ada\", \"text\": \" \"}", "");

        assertProblem(answer, 400, "parameter-malformed");
        assertThat(answer.body()).contains("'text' is blank");
    }

    @Test
    void webPageOfAnotherOriginIsRefused() throws Exception {
        start(Map.of());

        assertThat(signIn(server.address().toString().replaceAll("/$", "")).statusCode())
                .isEqualTo(204);
        assertProblem(signIn("http://example.org"), 403, "publishing-forbidden");
        assertProblem(signIn("null"), 403, "publishing-forbidden");
    }

    @Test
    void webPageOfAnotherOriginIsRefusedWhereTheDemoIsOnForEverybodyToo() throws Exception {
        start(Map.of("tidings.demo", "on", "tidings.host", "0.0.0.0"));

        assertThat(signIn(local().toString().replaceAll("/$", "")).statusCode()).isEqualTo(204);
        assertProblem(signIn("http://example.org"), 403, "publishing-forbidden");
    }

    @Test
    void demoIsNotThereWhereStrangersCanReachIt() throws Exception {
        start(Map.of("tidings.host", "0.0.0.0"));

        assertProblem(signIn(""), 404, "demo-off");
    }

    @Test
    void demoIsNotThereWhenItIsOff() throws Exception {
        start(Map.of("tidings.demo", "off"));

        assertProblem(signIn(""), 404, "demo-off");
    }

    /** What its page looks at before it shows what could be sent. */
    @Test
    void whoAsksIsToldWhetherItIsOn() throws Exception {
        start(Map.of());

        var request = HttpRequest.newBuilder(local().resolve("demo/sign-in")).build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void oneJobTooManyIsRefused() throws Exception {
        start(Map.of());
        int started = 0;
        var answer = post("demo/jobs", "{}", "");
        for (; answer.statusCode() == 201; answer = post("demo/jobs", "{}", "")) {
            started++;
        }

        assertProblem(answer, 429, "too-many-jobs");
        // More where the first have ended by then: they take five seconds.
        assertThat(started).isGreaterThanOrEqualTo(8);
    }

    private void start(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putAll(Map.of("tidings.port", "0", "tidings.drain", "1s"));
        server = TidingsServer.start(all);
    }

    private HttpResponse<String> signIn(String origin) throws IOException, InterruptedException {
        return post("demo/sign-in", "{\"name\": \"Ada\"}", origin);
    }

    private HttpResponse<String> post(String path, String body, String origin)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(local().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI local() {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"urn:tidings:problem:" + slug + "\"");
    }
}
