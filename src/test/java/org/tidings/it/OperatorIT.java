package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;
import static org.tidings.testkit.Patience.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** What operators hear and do, and that nobody else does: docs/protocol.md, "For operators". */
@ExtendWith(ArquillianExtension.class)
class OperatorIT {
    private static final String PROXIED = "X-Forwarded-For: 192.0.2.1";

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void anOperatorHearsOfAStreamWithoutLosingItsOwnPosition() throws IOException {
        try (var operator = hub.stream("topic=$hub/connections&topic=operator/own");
                var client = hub.stream("topic=operator/heard")) {
            operator.next();
            String connection = connection(client);

            JsonObject row = row(operator, connection);
            assertThat(row.getString("state")).isEqualTo("live");
            assertThat(row.getJsonArray("topics").getString(0)).isEqualTo("operator/heard");

            String id = hub.published("topic=operator/own", "1");
            assertThat(next(operator, "message").data()).isEqualTo("1");
            next(operator, "$connections");
            assertThat(operator.lastEventId()).isEqualTo(id);
        }
    }

    @Test
    void statisticsAndTopicsCountWhatIsPublished() throws IOException {
        try (var operator = hub.stream("topic=$hub/statistics&topic=$hub/topics");
                var client = hub.stream("topic=operator/counted")) {
            client.next();
            long before = json(next(operator, "$statistics").data()).getInt("published");
            hub.published("topic=operator/counted", "1");

            await().until(() -> json(next(operator, "$statistics").data()).getInt("published") > before);
            assertThat(next(operator, "$topics").data()).contains("\"operator/counted\"");
        }
    }

    @Test
    void anOperatorEndsAStreamWhoseClientComesBackAndMissesNothing() throws IOException {
        String position;
        long closed = hub.closed("closed");
        try (var client = hub.stream("topic=operator/ended")) {
            String connection = connection(client);
            hub.published("topic=operator/ended", "1");
            client.next();

            assertThat(end(connection).statusCode()).isEqualTo(202);

            assertThat(client.rest()).isEmpty();
            assertThat(client.text()).endsWith("\n\n").containsPattern("\nretry: \\d+\n\n$");
            position = client.lastEventId();
            await().until(() -> hub.closed("closed") == closed + 1);
            assertThat(end(connection).statusCode()).isEqualTo(404);
        }
        hub.published("topic=operator/ended", "2");
        try (var client = hub.stream("topic=operator/ended", "Last-Event-ID: " + position)) {
            client.next();
            assertThat(client.next().data()).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PROXIED, "Forwarded: for=192.0.2.1", "Origin: https://evil.example", "Host: evil.example:8080"})
    void nobodyElseHears(String header) throws IOException {
        for (String query : new String[] {"topic=$hub/statistics", "topic=operator/x&topic=$hub/**"}) {
            try (var stream = hub.stream(query, header);
                    var page = hub.stream(query, header, "Accept: application/json")) {
                assertThat(stream.status()).isEqualTo(403);
                assertThat(page.status()).isEqualTo(403);
                assertThat(stream.header("Content-Type")).isEqualTo("application/problem+json");
            }
        }
        try (var others = hub.stream("topic=operator/x&topic=**", header)) {
            assertThat(others.status()).isEqualTo(200);
        }
    }

    /** A proxy that faces the world is to keep them back, and not the hub. */
    @ParameterizedTest
    @ValueSource(strings = {"hub/health/live", "hub/health/ready", "hub/metrics"})
    void healthAndNumbersAreForWhoeverReachesThem(String path) {
        var proxied = hub.request(path).header("X-Forwarded-For", "192.0.2.1").header("Origin", "https://evil.example");

        assertThat(hub.send(proxied).statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyElseAddsTheHubsTopicsOrEndsStreams() throws IOException {
        try (var client = hub.stream("topic=operator/kept")) {
            String connection = connection(client);
            var patch = hub.request("hub/connections/" + connection)
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", "192.0.2.1")
                    .method("PATCH", BodyPublishers.ofString("{\"add\":[\"$hub/statistics\"]}"));
            var delete = hub.request("hub/connections/" + connection)
                    .header("X-Forwarded-For", "192.0.2.1")
                    .DELETE();

            expectProblem(hub.send(patch), 403, "operators-only");
            expectProblem(hub.send(delete), 403, "operators-only");

            hub.published("topic=operator/kept", "1");
            assertThat(client.next().data()).isEqualTo("1");
        }
    }

    @Test
    void anOpenStreamBeginsToHearTheHub() throws IOException {
        try (var client = hub.stream("topic=operator/changed")) {
            String connection = connection(client);

            assertThat(hub.patch(connection, "{\"add\":[\"$hub/statistics\"]}").statusCode())
                    .isEqualTo(200);

            assertThat(client.next().type()).isEqualTo("$statistics");
        }
    }

    /** They are not in the log. */
    @Test
    void aPollHasNoneOfTheHubsEvents() {
        var page = hub.poll("topic=$hub/statistics&after=earliest");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(json(page).getJsonArray("events")).isEmpty();
    }

    @Test
    void theHubsTopicsAreThoseThatThereAreAndNobodysToPublishTo() {
        expectProblem(hub.poll("topic=$hub/statistic"), 400, "topic-reserved");
        expectProblem(hub.poll("topic=$other"), 400, "topic-reserved");
        expectProblem(hub.publish("topic=$hub/statistics", "x"), 400, "topic-reserved");
        expectProblem(hub.end("$hub/statistics"), 400, "topic-reserved");
    }

    private HttpResponse<String> end(String connection) {
        return hub.send(hub.request("hub/connections/" + connection).DELETE());
    }

    private static String connection(SseSocketClient stream) throws IOException {
        return json(stream.next().data()).getString("connection");
    }

    /** The next event of a type. */
    private static ReceivedEvent next(SseSocketClient stream, String type) throws IOException {
        ReceivedEvent event = stream.next();
        while (!event.type().equals(type)) {
            event = stream.next();
        }
        return event;
    }

    /** What an operator is told of a connection, once it is. */
    private static JsonObject row(SseSocketClient operator, String connection) throws IOException {
        while (true) {
            JsonObject told = json(next(operator, "$connections").data());
            for (JsonObject row : told.getJsonArray("connections").getValuesAs(JsonObject.class)) {
                if (row.getString("id").equals(connection)) {
                    return row;
                }
            }
        }
    }

    private static void expectProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).getString("type")).isEqualTo("urn:tidings:problem:" + slug);
    }
}
