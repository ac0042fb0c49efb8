package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** docs/protocol.md, "Streams". */
class StreamIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of());

    @Test
    void aStreamHasTheHeadersThatKeepProxiesFromHoldingItBack() throws IOException {
        try (var stream = SERVER.stream("topic=headers")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(stream.header("Content-Length")).isEmpty();
        }
    }

    @Test
    void everythingOnTheWireIsWhatTheEncoderWrote() throws IOException {
        String id = SERVER.published("topic=wire&type=t", "a\nb\n");
        try (var stream = SERVER.stream("topic=wire&after=earliest")) {
            stream.next(2);

            String hello = "id: \\S+-0\nevent: \\$hello\nretry: \\d+\ndata: \\{.+}\n\n";
            assertThat(stream.text()).matches(hello + "id: " + id + "\nevent: t\ndata: a\ndata: b\ndata: \n\n");
        }
    }

    @Test
    void whoWantsNoReplayBehindAGapGoesOnFromNow() throws IOException {
        SERVER.published("topic=gap/live", "before");
        try (var stream = SERVER.stream("topic=gap/live&gap=live", "Last-Event-ID: elsewhere-7")) {
            assertThat(stream.next(2)).extracting(ReceivedEvent::type).containsExactly("$hello", "$gap");
            SERVER.published("topic=gap/live", "after");
            assertThat(stream.next().data()).isEqualTo("after");
        }
    }

    @Test
    void anotherWishForTheGapIsRefused() throws IOException {
        try (var stream = SERVER.stream("topic=gap/live&gap=never")) {
            assertThat(stream.status()).isEqualTo(400);
        }
    }

    @Test
    void helloSaysWhereTheStreamStandsAndWhoItIs() throws IOException {
        String id = SERVER.published("topic=hello/before", "x");
        try (var stream = SERVER.stream("topic=hello")) {
            ReceivedEvent hello = stream.next();

            assertThat(hello.type()).isEqualTo("$hello");
            assertThat(hello.id()).isEqualTo(id);
            assertThat(ServerFixture.json(hello.data()).getString("connection")).isNotEmpty();
            assertThat(ServerFixture.json(hello.data()).getInt("heartbeat")).isEqualTo(15_000);
        }
    }

    @Test
    void eventsArriveAsTheyArePublished() throws IOException {
        try (var stream = SERVER.stream("topic=live&topic=live/*")) {
            stream.next();

            String first = SERVER.published("topic=live", "one");
            assertThat(stream.next()).isEqualTo(new ReceivedEvent(first, "message", "one"));

            SERVER.published("topic=elsewhere", "not for us");
            String second = SERVER.published("topic=live/2&type=shipped", "{\"n\":2}");
            assertThat(stream.next()).isEqualTo(new ReceivedEvent(second, "shipped", "{\"n\":2}"));
        }
    }

    @Test
    void everyTextArrivesAsItWas() throws IOException {
        var texts = List.of("", " leading", "ä€😀", "a\n\nb\n", "data: x\n\nevent: forged", "\ttab\u2028", "<b>&\"'");
        try (var stream = SERVER.stream("topic=texts")) {
            stream.next();
            for (String text : texts) {
                SERVER.published("topic=texts", text);
                assertThat(stream.next().data()).isEqualTo(text);
            }
        }
    }

    @Test
    void aLargeEventArrivesWhole() throws IOException {
        String data = "0123456789abcdef".repeat(256 * 1024 / 16);
        try (var stream = SERVER.stream("topic=large")) {
            stream.next();
            SERVER.published("topic=large", data);

            assertThat(stream.next().data()).isEqualTo(data);
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() throws IOException {
        SERVER.published("topic=back", "before");
        String last;
        try (var stream = SERVER.stream("topic=back")) {
            stream.next();
            SERVER.published("topic=back", "heard");
            stream.next();
            last = stream.lastEventId();
        }
        SERVER.published("topic=back", "missed 1");
        SERVER.published("topic=back", "missed 2");

        // The URL still says what it said at first: the header wins.
        try (var stream = SERVER.stream("topic=back&after=earliest", "Last-Event-ID: " + last)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            SERVER.published("topic=back", "live");
            assertThat(stream.next(3)).extracting(ReceivedEvent::data).containsExactly("missed 1", "missed 2", "live");
        }
    }

    @Test
    void aUrlCanSayWhereToGoOnFrom() throws IOException {
        SERVER.published("topic=url", "a");
        String b = SERVER.published("topic=url", "b");
        SERVER.published("topic=url", "c");

        assertThat(events("topic=url&after=earliest", 3)).containsExactly("a", "b", "c");
        assertThat(events("topic=url&after=" + b, 1)).containsExactly("c");
    }

    @Test
    void aPositionThatIsNoneIsToldByAGapAndIsNoError() throws IOException {
        SERVER.published("topic=malformed", "a");

        try (var stream = SERVER.stream("topic=malformed", "Last-Event-ID: \"<script>")) {
            assertThat(stream.status()).isEqualTo(200);
            expectGap(stream, "malformed", "\"<script>");
            assertThat(stream.next().data()).isEqualTo("a");
        }
    }

    @Test
    void aPositionOfAnotherLogIsToldByAGap() throws IOException {
        SERVER.published("topic=foreign", "a");

        try (var stream = SERVER.stream("topic=foreign&after=another-7")) {
            expectGap(stream, "foreign", "another-7");
            assertThat(stream.next().data()).isEqualTo("a");
        }
    }

    @Test
    void aPositionAheadOfTheLogIsToldByAGap() throws IOException {
        String ahead = SERVER.published("topic=future", "a").replaceAll("-.*", "-999999");

        try (var stream = SERVER.stream("topic=future&after=" + ahead)) {
            expectGap(stream, "future", ahead);
        }
    }

    @Test
    void topicsChangeWhileTheStreamIsOpen() throws IOException {
        try (var stream = SERVER.stream("topic=change/a&topic=change/b")) {
            String connection = ServerFixture.json(stream.next().data()).getString("connection");

            var answer = SERVER.patch(connection, "{\"add\":[\"change/c\"],\"remove\":[\"change/a\"]}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(ServerFixture.json(answer).getJsonArray("topics")).hasToString("[\"change/b\",\"change/c\"]");
            assertThat(ServerFixture.json(answer).getString("from")).contains("-");
            SERVER.published("topic=change/a", "removed");
            SERVER.published("topic=change/c", "added");
            assertThat(stream.next().data()).isEqualTo("added");
        }
    }

    @Test
    void anEndedTopicEndsTheStreamAndTheClientIsToldNotToComeBack() throws IOException {
        String last;
        try (var stream = SERVER.stream("topic=over")) {
            stream.next();
            SERVER.published("topic=over", "last words");
            SERVER.end("over");

            assertThat(stream.rest()).extracting(ReceivedEvent::type).containsExactly("message", "$end");
            last = stream.lastEventId();
        }

        try (var again = SERVER.stream("topic=over", "Last-Event-ID: " + last)) {
            assertThat(again.status()).isEqualTo(204);
        }
        try (var late = SERVER.stream("topic=over&after=earliest")) {
            assertThat(late.rest()).extracting(ReceivedEvent::type).containsExactly("$hello", "message", "$end");
        }
    }

    @Test
    void unknownParametersAreIgnored() throws IOException {
        try (var stream = SERVER.stream("topic=buster&_=1700000000000")) {
            assertThat(stream.next().type()).isEqualTo("$hello");
        }
    }

    @Test
    void whoAcceptsAnythingGetsTheStream() throws IOException {
        for (String accept : List.of("*/*", "text/*", "text/event-stream", "text/html, */*;q=0.8")) {
            try (var stream = SERVER.stream("topic=accept", "Accept: " + accept)) {
                assertThat(stream.header("Content-Type")).as(accept).startsWith("text/event-stream");
                assertThat(stream.next().type()).isEqualTo("$hello");
            }
        }
    }

    @Test
    void topicsMayHaveAnyCharacters() throws IOException {
        try (var stream = SERVER.stream("topic=odd/%C3%A4%20%2B%26%3B%25")) {
            stream.next();
            SERVER.published("topic=odd/%C3%A4+%2B%26%3B%25", "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    private static List<String> events(String query, int count) throws IOException {
        try (var stream = SERVER.stream(query)) {
            stream.next();
            return stream.next(count).stream().map(ReceivedEvent::data).toList();
        }
    }

    private static void expectGap(SseSocketClient stream, String reason, String asked) throws IOException {
        assertThat(stream.next().type()).isEqualTo("$hello");
        ReceivedEvent gap = stream.next();
        assertThat(gap.type()).isEqualTo("$gap");
        assertThat(ServerFixture.json(gap.data()).getString("reason")).isEqualTo(reason);
        assertThat(ServerFixture.json(gap.data()).getString("asked")).isEqualTo(asked);
        assertThat(ServerFixture.json(gap.data()).getString("resumed")).isEqualTo(gap.id());
    }
}
