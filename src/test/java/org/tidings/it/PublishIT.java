package org.tidings.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.ServerFixture.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.testkit.SseSocketClient;

/** docs/protocol.md, "Publishing". */
class PublishIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of());

    @Test
    void aReceiptSaysWhatWasPublished() {
        var answer = SERVER.publish("topic=receipt", "x");

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
        var request = SERVER.request("hub/events?topic=" + topic)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("a=1&topic=other&b=%20+ä"));

        assertThat(SERVER.send(request).statusCode()).isEqualTo(201);
        assertThat(event(topic)).contains("\"data\":\"a=1&topic=other&b=%20+ä\"");
    }

    @Test
    void theCharsetOfTheBodyCounts() {
        var request = SERVER.request("hub/events?topic=latin")
                .header("Content-Type", "text/plain; charset=ISO-8859-1")
                .POST(BodyPublishers.ofByteArray("ä".getBytes(ISO_8859_1)));

        assertThat(SERVER.send(request).statusCode()).isEqualTo(201);
        assertThat(event("latin")).contains("\"data\":\"ä\"");
    }

    @Test
    void anEmptyBodyIsAnEmptyEvent() {
        assertThat(SERVER.publish("topic=empty", "").statusCode()).isEqualTo(201);
        assertThat(event("empty")).contains("\"data\":\"\"");
    }

    @Test
    void bytesThatAreNotTextAreRejected() {
        var request =
                SERVER.request("hub/events?topic=bytes").POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xFF}));

        expectProblem(SERVER.send(request), 400, "data-malformed");
    }

    @Test
    void dataUpToTheLimitIsTakenAndMoreIsNot() {
        String most = "x".repeat(256 * 1024);

        assertThat(SERVER.publish("topic=size", most).statusCode()).isEqualTo(201);
        expectProblem(SERVER.publish("topic=size", most + "x"), 413, "data-too-large");
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsIsBoundedToo() {
        var tooLong = new ByteArrayInputStream("x".repeat(256 * 1024 + 1).getBytes(UTF_8));
        var request = SERVER.request("hub/events?topic=unsized").POST(BodyPublishers.ofInputStream(() -> tooLong));

        expectProblem(SERVER.send(request), 413, "data-too-large");
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
        expectProblem(SERVER.publish(query, "x"), 400, slug);
    }

    @Test
    void longTopicsAndTypesAreRejected() {
        expectProblem(SERVER.publish("topic=" + "t".repeat(513), "x"), 400, "topic-too-long");
        expectProblem(SERVER.publish("topic=a&type=" + "t".repeat(129), "x"), 400, "type-too-long");
    }

    @Test
    void anEndedTopicTakesNoMore() {
        SERVER.end("closed");

        expectProblem(SERVER.publish("topic=closed", "x"), 410, "topic-ended");
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
        var answer = SERVER.end(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("topic")).isEqualTo(topic);
        assertThat(SERVER.end(path).body()).as("the second time").isEqualTo(answer.body());
    }

    @Test
    void aTopicThatIsNoneCannotBeEnded() {
        expectProblem(SERVER.end("%24hello"), 400, "topic-reserved");
        expectProblem(SERVER.end("a/"), 400, "topic-malformed");
        expectProblem(SERVER.end("a/*"), 400, "topic-malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost:1", "null"})
    void aPageOfAnotherSiteCannotPublishThroughTheBrowser(String origin) {
        var post = SERVER.request("hub/events?topic=foreign").header("Origin", origin);
        var delete = SERVER.request("hub/topics/foreign").header("Origin", origin);

        var refused = SERVER.send(post.POST(BodyPublishers.ofString("x")));

        expectProblem(refused, 403, "publishing-forbidden");
        assertThat(json(refused).getString("detail")).contains("tidings.publish=anyone");
        expectProblem(SERVER.send(delete.DELETE()), 403, "publishing-forbidden");
        assertThat(SERVER.poll("topic=foreign&after=earliest").body()).contains("\"events\":[]");
    }

    /**
     * DNS rebinding: the page's own host name resolves to 127.0.0.1 now, so that the browser thinks it is same-origin.
     */
    @Test
    void aNameThatIsNotOursCannotPublish() throws IOException {
        var uri = SERVER.uri("hub/events?topic=rebound");

        try (var answer = SseSocketClient.post(uri, "Host: evil.example:8080", "Origin: http://evil.example:8080")) {
            assertThat(answer.status()).isEqualTo(403);
        }
        try (var answer = SseSocketClient.post(uri)) {
            assertThat(answer.status()).isEqualTo(201);
        }
    }

    @Test
    void theServersOwnPageCan() {
        String origin = SERVER.uri("/").toString().replaceAll("/$", "");
        var post = SERVER.request("hub/events?topic=own").header("Origin", origin);

        assertThat(SERVER.send(post.POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(201);
    }

    /**
     * Java's HttpClient does so by default, and once waited for ever: the server for a body, the client for an answer.
     */
    @Test
    void aClientThatOffersHttp2IsAnsweredAllTheSame() throws Exception {
        var client = HttpClient.newHttpClient();
        for (String topic : List.of("offer/1", "offer/2")) {
            var request = SERVER.request("hub/events?topic=" + topic).POST(BodyPublishers.ofString("x"));

            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void manyPublishersEachGetTheirReceipt() {
        var ids = java.util.stream.IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> SERVER.published("topic=many", "" + i))
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(List.copyOf(
                        json(SERVER.poll("topic=many&after=earliest&limit=500")).getJsonArray("events")))
                .hasSize(200);
    }

    private static String event(String topic) {
        return SERVER.poll("after=earliest&topic=" + topic).body();
    }

    private static void expectProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json(answer).getString("type")).isEqualTo("urn:tidings:problem:" + slug);
        assertThat(json(answer).getInt("status")).isEqualTo(status);
    }
}
