package org.tidings.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
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

/** docs/protocol.md, "Publishing". */
@ExtendWith(ArquillianExtension.class)
class PublishIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void aReceiptSaysWhatWasPublished() {
        var answer = hub.publish("topic=receipt", "x");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).getString("topic")).isEqualTo("receipt");
        assertThat(event("receipt")).contains("\"id\":\"" + json(answer).getString("id") + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/octet-stream",
                "text/event-stream"
            })
    void aBodyOfAnyTypeIsTakenAsItIs(String type) {
        String topic = "type/" + type.replaceAll("[^a-z]", "");
        var request = hub.request("hub/events?topic=" + topic)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("a=1&topic=other&b=%20+ä"));

        assertThat(hub.send(request).statusCode()).isEqualTo(201);
        assertThat(event(topic)).contains("\"data\":\"a=1&topic=other&b=%20+ä\"");
    }

    @Test
    void theCharsetOfTheBodyCounts() {
        var request = hub.request("hub/events?topic=latin")
                .header("Content-Type", "text/plain; charset=ISO-8859-1")
                .POST(BodyPublishers.ofByteArray("ä".getBytes(ISO_8859_1)));

        assertThat(hub.send(request).statusCode()).isEqualTo(201);
        assertThat(event("latin")).contains("\"data\":\"ä\"");
    }

    @Test
    void anEmptyBodyIsAnEmptyEvent() {
        assertThat(hub.publish("topic=empty", "").statusCode()).isEqualTo(201);
        assertThat(event("empty")).contains("\"data\":\"\"");
    }

    @Test
    void bytesThatAreNotTextAreRejected() {
        var request = hub.request("hub/events?topic=bytes").POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xFF}));

        expectProblem(hub.send(request), 400, "data-malformed");
    }

    @Test
    void dataUpToTheLimitIsTakenAndMoreIsNot() {
        String most = "x".repeat(256 * 1024);

        assertThat(hub.publish("topic=size", most).statusCode()).isEqualTo(201);
        expectProblem(hub.publish("topic=size", most + "x"), 413, "data-too-large");
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsIsBoundedToo() {
        var tooLong = new ByteArrayInputStream("x".repeat(256 * 1024 + 1).getBytes(UTF_8));
        var request = hub.request("hub/events?topic=unsized").POST(BodyPublishers.ofInputStream(() -> tooLong));

        expectProblem(hub.send(request), 413, "data-too-large");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "type=t| topic-missing",
                "topic=| topic-missing",
                "topic=a//b| topic-malformed",
                "topic=a/*| topic-malformed",
                "topic=a/../b| topic-malformed",
                "topic=a%0Ab| topic-malformed",
                "topic=a%00b| topic-malformed",
                "topic=%24hub| topic-reserved",
                "topic=a&topic=b| parameter-malformed",
                "topic=a&type=| type-malformed",
                "topic=a&type=x%0Ay| type-malformed",
                "topic=a&type=%24end| type-reserved"
            },
            delimiter = '|')
    void whatBreaksARuleIsRejected(String query, String slug) {
        expectProblem(hub.publish(query, "x"), 400, slug);
    }

    @Test
    void longTopicsAndTypesAreRejected() {
        expectProblem(hub.publish("topic=" + "t".repeat(513), "x"), 400, "topic-too-long");
        expectProblem(hub.publish("topic=a&type=" + "t".repeat(129), "x"), 400, "type-too-long");
    }

    @Test
    void anEndedTopicTakesNoMore() {
        hub.end("closed");

        expectProblem(hub.publish("topic=closed", "x"), 410, "topic-ended");
    }

    @ParameterizedTest
    @CsvSource({
        "del/plain/x, del/plain/x",
        "del%2Fencoded%2Fx, del/encoded/x",
        "del/a;b=c/d, del/a;b=c/d",
        "del/%3Bx, del/;x",
        "del/%C3%A4%20+, del/ä +",
        "del/%25, del/%",
    })
    void aTopicIsEndedByItsNameInThePath(String path, String topic) {
        var answer = hub.end(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("topic")).isEqualTo(topic);
        assertThat(hub.end(path).body()).as("the second time").isEqualTo(answer.body());
    }

    @Test
    void aTopicThatIsNoneCannotBeEnded() {
        expectProblem(hub.end("%24hello"), 400, "topic-reserved");
        expectProblem(hub.end("a/"), 400, "topic-malformed");
        expectProblem(hub.end("a/*"), 400, "topic-malformed");
    }

    /**
     * Java's HttpClient does so by default, and once waited for ever: the server for a body, the client for an answer.
     */
    @Test
    void aClientThatOffersHttp2IsAnsweredAllTheSame() throws Exception {
        var client = HttpClient.newHttpClient();
        for (String topic : List.of("offer/1", "offer/2")) {
            var request = hub.request("hub/events?topic=" + topic).POST(BodyPublishers.ofString("x"));

            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void manyPublishersEachGetTheirReceipt() {
        var ids = java.util.stream.IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> hub.published("topic=many", "" + i))
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(List.copyOf(
                        json(hub.poll("topic=many&after=earliest&limit=500")).getJsonArray("events")))
                .hasSize(200);
    }

    private String event(String topic) {
        return hub.poll("after=earliest&topic=" + topic).body();
    }

    private static void expectProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json(answer).getString("type")).isEqualTo("urn:tidings:problem:" + slug);
        assertThat(json(answer).getInt("status")).isEqualTo(status);
    }
}
