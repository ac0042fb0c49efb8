package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;

/** docs/protocol.md, "Errors" and "Health and numbers"; and the methods that nobody thinks of. */
@ExtendWith(ArquillianExtension.class)
class ErrorsIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @ParameterizedTest
    @CsvSource(
            value = {
                "''| topic-missing",
                "topic=| topic-missing",
                "topic=a&topic=| topic-missing",
                "topic=a//b| topic-malformed",
                "topic=/a| topic-malformed",
                "topic=a*| topic-malformed",
                "topic=**/a| topic-malformed",
                "topic=a%0D%0Ab| topic-malformed",
                "topic=%24hello| topic-reserved"
            },
            delimiter = '|')
    void aSubscriberIsToldWhatIsWrongByStreamAndByPoll(String query, String slug) {
        expectProblem(hub.send(hub.request("hub/events?" + query)), 400, slug);
        expectProblem(hub.poll(query), 400, slug);
    }

    @Test
    void topicsHaveALimitInLengthAndInNumber() {
        expectProblem(hub.poll("topic=" + "t".repeat(513)), 400, "topic-too-long");
        expectProblem(hub.poll(topics(101)), 400, "too-many-topics");
        assertThat(hub.poll(topics(100)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=x", "limit=", "wait=61", "wait=-1", "wait=1.5"})
    void aPageHasItsLimits(String parameter) {
        expectProblem(hub.poll("topic=a&" + parameter), 400, "parameter-malformed");
    }

    @Test
    void whatIsQuotedIsEscaped() {
        var answer = hub.poll("topic=%3Cscript%3E%22//");

        expectProblem(answer, 400, "topic-malformed");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(json(answer).getString("detail")).contains("<script>\"");
    }

    @Test
    void nothingElseIsToBeHad() {
        var request = hub.request("hub/events?topic=a").header("Accept", "text/html, image/png");

        expectProblem(hub.send(request), 406, "not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({"PUT, hub/events?topic=a", "DELETE, hub/events?topic=a", "GET, hub/topics/a", "POST, hub/health/live"})
    void aMethodThatIsNotThereIsToldWhichAre(String method, String path) {
        var answer = hub.send(hub.request(path).method(method, BodyPublishers.noBody()));

        expectProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElse("")).isNotEmpty().doesNotContain(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub/", "hub", "hub/nothing", "hub/events/x", "hub/topics", "hub/health"})
    void whereNothingIsIsA404(String path) {
        expectProblem(hub.send(hub.request(path)), 404, "not-found");
    }

    @Test
    void aPatchIsForAStreamThatIsOpen() {
        expectProblem(hub.patch("nobody", "{\"add\":[\"a\"]}"), 404, "connection-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"add\":\"a\"}", "{\"add\":[1]}", "{\"add\":[]} x"})
    void aPatchThatIsNoneIsRejected(String body) {
        expectProblem(hub.patch("nobody", body), 400, "parameter-malformed");
    }

    @Test
    void aPatchSaysThatItIsJson() {
        var request = hub.request("hub/connections/x")
                .header("Content-Type", "text/plain")
                .method("PATCH", BodyPublishers.ofString("{}"));

        expectProblem(hub.send(request), 415, "unsupported-media-type");
    }

    @Test
    void aStreamCannotLoseItsLastTopicOrGainAReservedOne() throws Exception {
        try (var stream = hub.stream("topic=patched")) {
            String connection = json(stream.next().data()).getString("connection");

            expectProblem(hub.patch(connection, "{\"remove\":[\"patched\"]}"), 400, "topic-missing");
            expectProblem(hub.patch(connection, "{\"add\":[\"$hub\"]}"), 400, "topic-reserved");
            expectProblem(hub.patch(connection, "{\"add\":[\"a//b\"]}"), 400, "topic-malformed");
        }
    }

    @Test
    void headTellsWhatGetWouldAndOpensNothing() {
        var stream = hub.send(hub.request("hub/events?topic=head").method("HEAD", BodyPublishers.noBody()));
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");

        var page = hub.send(hub.request("hub/events?topic=head&wait=60")
                .header("Accept", "application/json")
                .method("HEAD", BodyPublishers.noBody()));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("application/json");

        var wrong = hub.send(hub.request("hub/events").method("HEAD", BodyPublishers.noBody()));
        assertThat(wrong.statusCode()).isEqualTo(400);
    }

    @Test
    void optionsTellsTheMethods() {
        var answer = hub.send(hub.request("hub/events").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isBetween(200, 204);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET", "HEAD", "POST", "OPTIONS");
    }

    @Test
    void operatorsGetTheirAnswers() {
        for (String path : new String[] {"hub/health/live", "hub/health/ready"}) {
            var answer = hub.send(hub.request(path));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(json(answer).getString("status")).isEqualTo("UP");
        }

        var metrics = hub.send(hub.request("hub/metrics").header("Accept", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(metrics.body()).contains("tidings_connections ", "tidings_events_published_total ");
    }

    private static String topics(int count) {
        return IntStream.range(0, count).mapToObj(i -> "topic=t" + i).collect(Collectors.joining("&"));
    }

    private static void expectProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json(answer).getString("type")).isEqualTo("urn:tidings:problem:" + slug);
        assertThat(json(answer).getString("title")).isNotEmpty();
        assertThat(json(answer).getInt("status")).isEqualTo(status);
    }
}
