package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** docs/protocol.md, "Streams". */
@ExtendWith(ArquillianExtension.class)
class StreamIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void aStreamHasTheHeadersThatKeepProxiesFromHoldingItBack() throws IOException {
        try (var stream = hub.stream("topic=headers")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(stream.header("Content-Length")).isEmpty();
        }
    }

    /** Some runtimes encode events themselves, and have another order of fields. */
    @Test
    void everyFieldOnTheWireIsOneOfTheProtocols() throws IOException {
        String id = hub.published("topic=wire&type=t", "a\nb\n");
        try (var stream = hub.stream("topic=wire&after=earliest")) {
            assertThat(stream.next(2)).last().isEqualTo(new ReceivedEvent(id, "t", "a\nb\n"));

            String begin = "(: \n|\n)*"; // a runtime's own, or what makes it send the head: no client hears them
            String[] blocks = stream.text().replaceFirst(begin, "").split("\n\n");
            assertThat(blocks).hasSize(2);
            assertThat(sorted(blocks[0])).matches("data: \\{.+}\nevent: \\$hello\nid: \\S+-\\d+\nretry: \\d+");
            assertThat(sorted(blocks[1])).isEqualTo(": topic: wire\ndata: \ndata: a\ndata: b\nevent: t\nid: " + id);
        }
    }

    @Test
    void whoWantsNoReplayBehindAGapGoesOnFromNow() throws IOException {
        hub.published("topic=gap/live", "before");
        try (var stream = hub.stream("topic=gap/live&gap=live", "Last-Event-ID: elsewhere-7")) {
            assertThat(stream.next(2)).extracting(ReceivedEvent::type).containsExactly("$hello", "$gap");
            hub.published("topic=gap/live", "after");
            assertThat(stream.next().data()).isEqualTo("after");
        }
    }

    @Test
    void anotherWishForTheGapIsRefused() throws IOException {
        try (var stream = hub.stream("topic=gap/live&gap=never")) {
            assertThat(stream.status()).isEqualTo(400);
        }
    }

    @Test
    void helloSaysWhereTheStreamStandsAndWhoItIs() throws IOException {
        String id = hub.published("topic=hello/before", "x");
        try (var stream = hub.stream("topic=hello")) {
            ReceivedEvent hello = stream.next();

            assertThat(hello.type()).isEqualTo("$hello");
            assertThat(hello.id()).isEqualTo(id);
            assertThat(HubClient.json(hello.data()).getString("connection")).isNotEmpty();
            assertThat(HubClient.json(hello.data()).getInt("heartbeat")).isEqualTo(15_000);
        }
    }

    @Test
    void eventsArriveAsTheyArePublished() throws IOException {
        try (var stream = hub.stream("topic=live&topic=live/*")) {
            stream.next();

            String first = hub.published("topic=live", "one");
            assertThat(stream.next()).isEqualTo(new ReceivedEvent(first, "message", "one"));

            hub.published("topic=elsewhere", "not for us");
            String second = hub.published("topic=live/2&type=shipped", "{\"n\":2}");
            assertThat(stream.next()).isEqualTo(new ReceivedEvent(second, "shipped", "{\"n\":2}"));
        }
    }

    @Test
    void everyTextArrivesAsItWas() throws IOException {
        var texts = List.of("", " leading", "ä€😀", "a\n\nb\n", "data: x\n\nevent: forged", "\ttab\u2028", "<b>&\"'");
        try (var stream = hub.stream("topic=texts")) {
            stream.next();
            for (String text : texts) {
                hub.published("topic=texts", text);
                assertThat(stream.next().data()).isEqualTo(text);
            }
        }
    }

    @Test
    void aLargeEventArrivesWhole() throws IOException {
        String data = "0123456789abcdef".repeat(256 * 1024 / 16);
        try (var stream = hub.stream("topic=large")) {
            stream.next();
            hub.published("topic=large", data);

            assertThat(stream.next().data()).isEqualTo(data);
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() throws IOException {
        hub.published("topic=back", "before");
        String last;
        try (var stream = hub.stream("topic=back")) {
            stream.next();
            hub.published("topic=back", "heard");
            stream.next();
            last = stream.lastEventId();
        }
        hub.published("topic=back", "missed 1");
        hub.published("topic=back", "missed 2");

        // The URL still says what it said at first: the header wins.
        try (var stream = hub.stream("topic=back&after=earliest", "Last-Event-ID: " + last)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            hub.published("topic=back", "live");
            assertThat(stream.next(3)).extracting(ReceivedEvent::data).containsExactly("missed 1", "missed 2", "live");
        }
    }

    @Test
    void aUrlCanSayWhereToGoOnFrom() throws IOException {
        hub.published("topic=url", "a");
        String b = hub.published("topic=url", "b");
        hub.published("topic=url", "c");

        assertThat(events("topic=url&after=earliest", 3)).containsExactly("a", "b", "c");
        assertThat(events("topic=url&after=" + b, 1)).containsExactly("c");
    }

    @Test
    void aPositionThatIsNoneIsToldByAGapAndIsNoError() throws IOException {
        hub.published("topic=malformed", "a");

        try (var stream = hub.stream("topic=malformed", "Last-Event-ID: \"<script>")) {
            assertThat(stream.status()).isEqualTo(200);
            expectGap(stream, "malformed", "\"<script>");
            assertThat(stream.next().data()).isEqualTo("a");
        }
    }

    @Test
    void aPositionOfAnotherLogIsToldByAGap() throws IOException {
        hub.published("topic=foreign", "a");

        try (var stream = hub.stream("topic=foreign&after=another-7")) {
            expectGap(stream, "foreign", "another-7");
            assertThat(stream.next().data()).isEqualTo("a");
        }
    }

    @Test
    void aPositionAheadOfTheLogIsToldByAGap() throws IOException {
        String ahead = hub.published("topic=future", "a").replaceAll("-.*", "-999999");

        try (var stream = hub.stream("topic=future&after=" + ahead)) {
            expectGap(stream, "future", ahead);
        }
    }

    @Test
    void topicsChangeWhileTheStreamIsOpen() throws IOException {
        try (var stream = hub.stream("topic=change/a&topic=change/b")) {
            String connection = HubClient.json(stream.next().data()).getString("connection");

            var answer = hub.patch(connection, "{\"add\":[\"change/c\"],\"remove\":[\"change/a\"]}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(HubClient.json(answer).getJsonArray("topics")).hasToString("[\"change/b\",\"change/c\"]");
            assertThat(HubClient.json(answer).getString("from")).contains("-");
            hub.published("topic=change/a", "removed");
            hub.published("topic=change/c", "added");
            assertThat(stream.next().data()).isEqualTo("added");
        }
    }

    @Test
    void anEndedTopicEndsTheStreamAndTheClientIsToldNotToComeBack() throws IOException {
        String last;
        try (var stream = hub.stream("topic=over")) {
            stream.next();
            hub.published("topic=over", "last words");
            hub.end("over");

            assertThat(stream.rest()).extracting(ReceivedEvent::type).containsExactly("message", "$end");
            last = stream.lastEventId();
        }

        try (var again = hub.stream("topic=over", "Last-Event-ID: " + last)) {
            assertThat(again.status()).isEqualTo(204);
        }
        try (var late = hub.stream("topic=over&after=earliest")) {
            assertThat(late.rest()).extracting(ReceivedEvent::type).containsExactly("$hello", "message", "$end");
        }
    }

    @Test
    void unknownParametersAreIgnored() throws IOException {
        try (var stream = hub.stream("topic=buster&_=1700000000000")) {
            assertThat(stream.next().type()).isEqualTo("$hello");
        }
    }

    @Test
    void whoAcceptsAnythingGetsTheStream() throws IOException {
        for (String accept : List.of("*/*", "text/*", "text/event-stream", "text/html, */*;q=0.8")) {
            try (var stream = hub.stream("topic=accept", "Accept: " + accept)) {
                assertThat(stream.header("Content-Type")).as(accept).startsWith("text/event-stream");
                assertThat(stream.next().type()).isEqualTo("$hello");
            }
        }
    }

    @Test
    void topicsMayHaveAnyCharacters() throws IOException {
        try (var stream = hub.stream("topic=odd/%C3%A4%20%2B%26%3B%25")) {
            stream.next();
            hub.published("topic=odd/%C3%A4+%2B%26%3B%25", "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    /** It has those servers send the head of the response. */
    @Test
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = "payara|payara-server|wildfly")
    void onAJakartaServerAStreamBeginsWithAComment() throws IOException {
        try (var stream = hub.stream("topic=begins")) {
            stream.next();
            assertThat(stream.text()).matches("(?s)\n*: \n\n.*event: \\$hello\n.*");
        }
    }

    private static String sorted(String block) {
        return block.lines().sorted().collect(Collectors.joining("\n"));
    }

    private List<String> events(String query, int count) throws IOException {
        try (var stream = hub.stream(query)) {
            stream.next();
            return stream.next(count).stream().map(ReceivedEvent::data).toList();
        }
    }

    private static void expectGap(SseSocketClient stream, String reason, String asked) throws IOException {
        assertThat(stream.next().type()).isEqualTo("$hello");
        ReceivedEvent gap = stream.next();
        assertThat(gap.type()).isEqualTo("$gap");
        assertThat(HubClient.json(gap.data()).getString("reason")).isEqualTo(reason);
        assertThat(HubClient.json(gap.data()).getString("asked")).isEqualTo(asked);
        assertThat(HubClient.json(gap.data()).getString("resumed")).isEqualTo(gap.id());
    }
}
