package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.testkit.SseSocketClient;

/**
 * A request for a stream is answered as Jersey answers it, which one with a parameter that nobody knows goes to. (ADR
 * 4)
 */
class ShortWaysIT {
    private static final String TO_JERSEY = "&unknown=";

    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of());

    @BeforeAll
    static void end() {
        SERVER.published("topic=over", "x");
        SERVER.end("over");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic=a",
                "topic=a&topic=b/*",
                "topic=a%2Fb",
                "topic=a+b",
                "topic=a%20b&after=earliest",
                "topic=a&after=",
                "topic=a&after=elsewhere-7&gap=live",
                "topic=a&after=none",
                "topic=over",
                "topic=over&after=earliest",
                "topic=over&topic=a",
                "after=earliest",
                "topic",
                "topic=",
                "topic=%24hub",
                "topic=%24hub/statistics",
                "topic=a&topic=$hub/*&after=earliest",
                "topic=a//b",
                "topic=a%00",
                "topic=%FF",
                "topic=a&gap=never",
                "topic=a&gap=",
                "topic=a&gap",
                "topic=a&gap=live&gap=never",
                "topic=a&after=earliest&after=none",
                "topic=a&&",
                "topic=a&TOPIC=b",
                "t%6Fpic=a"
            })
    void whatIsAnsweredIsTheSame(String query) throws IOException {
        assertThat(answer(query)).isEqualTo(answer(query + TO_JERSEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Last-Event-ID: earliest",
                "Last-Event-ID:",
                "Last-Event-ID: elsewhere-7",
                "Accept: text/event-stream",
                "Accept: */*",
                "Accept:",
                "Accept: text/event-stream, application/json",
                "Accept: application/json",
                "Accept: image/png",
                "Accept: TEXT/EVENT-STREAM",
                "Connection: close",
                "Cookie: a=b",
                "Origin: http://elsewhere.example"
            })
    void whateverTheHeaders(String header) throws IOException {
        assertThat(answer("topic=a", header)).isEqualTo(answer("topic=a" + TO_JERSEY, header));
    }

    /** Who is no operator must not become one by the short way. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Real-IP: 192.0.2.1", "Origin: http://elsewhere.example", "Host: elsewhere.example"})
    void soAreOperatorsTopics(String header) throws IOException {
        String refused = answer("topic=$hub/statistics", header);
        assertThat(refused).startsWith("403 ").isEqualTo(answer("topic=$hub/statistics" + TO_JERSEY, header));
    }

    /** Status, headers but for the date, and what the first event says but for what is of one moment. */
    private static String answer(String query, String... headers) throws IOException {
        try (var stream = SERVER.stream(query, headers)) {
            boolean streams = stream.header("Content-Type").equals("text/event-stream");
            return stream.status() + " " + stream.headers() + " " + (streams ? first(stream) : "");
        }
    }

    private static String first(SseSocketClient stream) throws IOException {
        var hello = stream.next();
        return hello.type() + " " + hello.id();
    }
}
