package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.log.Retention;
import org.tidings.testkit.PageTable;
import org.tidings.testkit.RecordingConnection;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/** The hub's own topics: docs/protocol.md, "For operators". */
class WatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HubFixture fixture = new HubFixture();

    @Test
    void whoHearsTheHubHearsItOnceASecondAndKeepsItsPosition() {
        fixture.publish("a", 1, 3);
        RecordingConnection operator = watch(fixture, "$hub/statistics");
        assertThat(operator.control("$statistics")).isEmpty();

        fixture.scheduler.advance(SECOND.multipliedBy(2));

        assertThat(operator.control("$statistics")).hasSize(2).allSatisfy(block -> {
            assertThat(block.id()).isEmpty();
            assertThat(block.comment()).contains("topic: $hub/statistics");
        });
        assertThat(operator.lastId()).isEqualTo(fixture.id(3));
        assertThat(fixture.log.end()).isEqualTo(3);
    }

    @Test
    void nothingIsLookedAtWhileNobodyWatches() {
        fixture.scheduler.holdReads();
        RecordingConnection client = fixture.open("a", "**");
        fixture.scheduler.advance(SECOND.multipliedBy(3));
        assertThat(fixture.scheduler.heldReads()).isZero();
        assertThat(client.blocks()).hasSize(1);

        RecordingConnection operator = watch(fixture, "$hub/topics");
        fixture.scheduler.advance(SECOND);
        assertThat(fixture.scheduler.heldReads()).isEqualTo(1);

        operator.hangUp();
        fixture.scheduler.releaseReads();
        fixture.scheduler.holdReads();
        fixture.scheduler.advance(SECOND.multipliedBy(3));
        assertThat(fixture.scheduler.heldReads()).isZero();
    }

    /** Each look waits for the one before: they do not pile up where something is slow. */
    @Test
    void aLookThatTakesLongIsNotFollowedByOthers() {
        RecordingConnection operator = watch(fixture, "$hub/statistics");
        fixture.scheduler.holdReads();
        fixture.scheduler.advance(SECOND.multipliedBy(5));
        assertThat(fixture.scheduler.heldReads()).isEqualTo(1);
        fixture.scheduler.releaseReads();
        assertThat(operator.control("$statistics")).hasSize(1);
    }

    @Test
    void anOpenStreamCanBeginAndCeaseToWatch() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        var connections = Set.of(new TopicMatcher("$hub/connections"));

        var unused = fixture.hub.change(id, connections, Set.of());
        fixture.scheduler.advance(SECOND);
        assertThat(client.control("$connections")).hasSize(1);

        unused = fixture.hub.change(id, Set.of(), connections);
        fixture.scheduler.advance(SECOND.multipliedBy(2));
        assertThat(client.control("$connections")).hasSize(1);
        fixture.publish("a", "1");
        assertThat(client.data()).containsExactly("1");
    }

    @Test
    void aPatternBringsAllOfThemInOneFrame() {
        RecordingConnection operator = watch(fixture, "$hub/*");
        fixture.scheduler.advance(SECOND);
        assertThat(operator.frames()).hasSize(2); // $hello, and the three
        assertThat(operator.comments())
                .containsExactly("topic: $hub/statistics", "topic: $hub/topics", "topic: $hub/connections");
    }

    @Test
    void statisticsSayWhatHappened() {
        RecordingConnection gone = fixture.open("a");
        gone.hangUp();
        RecordingConnection client = fixture.open("a");
        var lost = RecordingConnection.reading();
        fixture.open(lost, "elsewhere-1", "a");
        fixture.publish("a", 1, 4);
        RecordingConnection operator = watch(fixture, "$hub/statistics");
        int bytes = Stream.of(gone, client, lost, operator)
                .flatMap(connection -> connection.frames().stream())
                .mapToInt(Frame::length)
                .sum();
        fixture.scheduler.advance(SECOND);

        JsonObject statistics = last(operator, "$statistics");
        assertThat(statistics.getInt("uptime")).isEqualTo(1000);
        assertThat(statistics.getInt("connections")).isEqualTo(3);
        assertThat(statistics.getInt("opened")).isEqualTo(4);
        assertThat(statistics.getInt("published")).isEqualTo(4);
        assertThat(statistics.getInt("delivered")).isEqualTo(8);
        assertThat(statistics.getInt("bytes")).isEqualTo(bytes);
        assertThat(statistics.getJsonObject("closed").getInt("client-gone")).isEqualTo(1);
        assertThat(statistics.getJsonObject("closed").keySet())
                .containsExactlyElementsOf(Stream.of(DisconnectReason.values())
                        .map(DisconnectReason::slug)
                        .toList());
        assertThat(statistics.getJsonObject("gaps").keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(Gap.Reason.values()).map(Gap.Reason::slug).toList());
        assertThat(statistics.getJsonObject("gaps").getInt("foreign")).isEqualTo(1);
        assertThat(statistics.getJsonObject("log").getString("end")).isEqualTo(fixture.id(4));
        assertThat(statistics.getJsonObject("log").getInt("events")).isEqualTo(4);
        assertThat(statistics.getJsonObject("log").getInt("bytes")).isPositive();
    }

    @Test
    void statisticsSayWhatWentWrong() {
        var log = new FailingLog();
        var broken = new HubFixture(HubFixture.SETTINGS, log);
        for (int i = 0; i < 2; i++) {
            broken.open(RecordingConnection.stalled(), "", "a"); // takes $hello
        }
        for (int i = 0; i < 2; i++) {
            broken.publish("a", "x".repeat(3_000)); // the second does not fit
        }
        for (int i = 0; i < 4; i++) { // more than the window has, and the lane does not get its turn
            assertThat(broken.hub.publish(Publication.of("a", "x".repeat(3_000))))
                    .isNotNull();
            broken.scheduler.run("tidings-appender");
        }
        log.failAppends = true;
        for (int i = 0; i < 3; i++) {
            assertThat(broken.hub.publish(Publication.of("a", "lost"))).isNotNull();
            broken.scheduler.run("tidings-appender");
        }
        broken.open(RecordingConnection.reading(), broken.id(1), "a");
        RecordingConnection operator = watch(broken, "$hub/statistics");
        broken.scheduler.advance(SECOND);

        JsonObject statistics = last(operator, "$statistics");
        assertThat(statistics.getInt("overflows")).isEqualTo(2);
        assertThat(statistics.getInt("fellBehind")).isEqualTo(1);
        assertThat(statistics.getInt("logFailures")).isEqualTo(3);
        assertThat(statistics.getInt("published")).isEqualTo(6);
        assertThat(statistics.getInt("replayed")).isEqualTo(5);
        assertThat(statistics.getInt("queued")).isPositive().isEqualTo((int)
                broken.hub.statistics().queuedBytes());
    }

    /** Rates are made of these: a clock that is set right must not make them wrong. */
    @Test
    void timesAreByAClockThatDoesNotJump() {
        RecordingConnection operator = watch(fixture, "$hub/*");
        fixture.open(RecordingConnection.stalled(), "", "a");
        fixture.scheduler.advance(SECOND);
        assertTimes(operator, 1000);

        fixture.scheduler.moveClock(Duration.ofHours(-1));
        fixture.scheduler.advance(SECOND);
        assertTimes(operator, 2000);
    }

    private static void assertTimes(RecordingConnection operator, int milliseconds) {
        JsonObject stalled = rows(operator, "$connections").get(0);
        assertThat(last(operator, "$statistics").getInt("uptime")).isEqualTo(milliseconds);
        assertThat(stalled.getInt("age")).isEqualTo(milliseconds);
        assertThat(stalled.getInt("stalled")).isEqualTo(milliseconds);
    }

    /** Whoever reads a state finds each of its members there, and none that there is not. */
    @Test
    void everyMemberStandsInTheProtocol() {
        RecordingConnection operator = watch(fixture, "$hub/*");
        fixture.open("a");
        fixture.scheduler.advance(SECOND);

        assertThat(last(operator, "$statistics").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        PageTable.headed("protocol.md", "of `$hub/statistics`").names());
        assertThat(rows(operator, "$topics").get(0).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        PageTable.headed("protocol.md", "of each in `topics`").names());
        assertThat(rows(operator, "$connections").get(0).keySet())
                .containsExactlyInAnyOrderElementsOf(PageTable.headed("protocol.md", "of each in `connections`")
                        .names());
    }

    @Test
    void aLogThatFailsHasNoSizeAndTheRestIsTold() {
        var log = new FailingLog();
        var broken = new HubFixture(HubFixture.SETTINGS, log);
        RecordingConnection operator = watch(broken, "$hub/statistics");
        log.failReads = true;
        broken.scheduler.advance(SECOND);

        JsonObject told = last(operator, "$statistics").getJsonObject("log");
        assertThat(told.keySet()).containsExactly("end");
    }

    @Test
    void theStreamThatIsMostBehindComesFirst() {
        RecordingConnection operator = watch(fixture, "$hub/*");
        fixture.scheduler.advance(Duration.ofSeconds(3));
        String quick = fixture.open(RecordingConnection.reading(), "", "a");
        var stalled = RecordingConnection.stalled(); // takes $hello
        String slow = fixture.open(stalled, "", "a", "b/*", "c", "d");
        fixture.publish("a", 1, 5);
        fixture.scheduler.advance(SECOND);

        JsonObject told = last(operator, "$connections");
        assertThat(told.getInt("all")).isEqualTo(3);
        List<JsonObject> rows = told.getJsonArray("connections").getValuesAs(JsonObject.class);
        assertThat(rows).extracting(row -> row.getString("id")).startsWith(slow).contains(quick);
        JsonObject first = rows.get(0);
        assertThat(first.getInt("lag")).isEqualTo(5);
        assertThat(first.getInt("queued")).isPositive();
        assertThat(first.getInt("stalled")).isEqualTo(1000);
        assertThat(first.getInt("age")).isEqualTo(1000);
        assertThat(first.getString("state")).isEqualTo("live");
        assertThat(first.getString("last")).isEqualTo(fixture.id(0));
        assertThat(first.getInt("subscriptions")).isEqualTo(4);
        assertThat(first.getJsonArray("topics").getValuesAs(JsonString::getString))
                .containsExactly("a", "b/*", "c");
        assertThat(rows.get(1).getInt("age")).as("then who is here longest").isEqualTo(4000);

        JsonObject slowest = last(operator, "$statistics").getJsonObject("slowest");
        assertThat(slowest.getString("id")).isEqualTo(slow);
        assertThat(slowest.getInt("lag")).isEqualTo(5);
        assertThat(slowest.getInt("queued")).isEqualTo(first.getInt("queued"));

        stalled.read();
        fixture.publish("a", "6");
        fixture.scheduler.advance(SECOND);
        assertThat(rows(operator, "$connections"))
                .allSatisfy(row -> assertThat(row.getInt("lag")).isZero());
    }

    /** Streams are given to the lanes in turn. */
    @Test
    void aStateIsOfAllLanes() {
        var wide = new HubFixture(HubFixture.settings(2, List.of()), Retention.DEFAULTS);
        wide.open("a");
        String slow = wide.open(RecordingConnection.stalled(), "", "a");
        RecordingConnection operator = watch(wide, "$hub/*");
        wide.publish("a", 1, 2);
        wide.scheduler.advance(SECOND);

        assertThat(rows(operator, "$topics")).extracting(WatchTest::topic).containsExactly("a 2 0.0");
        assertThat(rows(operator, "$connections"))
                .hasSize(3)
                .extracting(row -> row.getString("id"))
                .startsWith(slow);
        assertThat(last(operator, "$statistics").getJsonObject("slowest").getString("id"))
                .isEqualTo(slow);
    }

    @Test
    void aStreamIsLiveOrCatchesUpOrEnds() {
        fixture.publish("a", "1");
        RecordingConnection operator = watch(fixture, "$hub/connections");
        String behind = fixture.open(RecordingConnection.stalled(), "earliest", "a"); // a page is read when it reads
        String leaving = fixture.open(RecordingConnection.stalled(), "", "a");
        assertThat(fixture.hub.disconnect(leaving, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.advance(SECOND);

        List<JsonObject> rows = rows(operator, "$connections");
        assertThat(rows)
                .extracting(row -> row.getString("state"))
                .containsExactlyInAnyOrder("catching-up", "ending", "live");
        assertThat(row(rows, "catching-up").getString("id")).isEqualTo(behind);
        assertThat(row(rows, "ending").getString("id")).isEqualTo(leaving);
        assertThat(row(rows, "live").getInt("queued")).isZero();
        assertThat(row(rows, "live").getInt("stalled")).isZero();
    }

    @Test
    void ofManyStreamsSomeAreToldOneByOneAndAllAreCounted() {
        for (int i = 0; i < 600; i++) {
            fixture.open("shared", "own/" + i);
        }
        RecordingConnection operator = watch(fixture, "$hub/*");
        fixture.scheduler.advance(SECOND);

        assertThat(last(operator, "$connections").getInt("all")).isEqualTo(601);
        assertThat(rows(operator, "$connections")).hasSize(100);
        JsonObject topics = last(operator, "$topics");
        assertThat(topics.getInt("all")).isEqualTo(601);
        assertThat(topics.getJsonArray("topics")).hasSize(100);
        assertThat(rows(operator, "$topics").get(0).getString("topic")).isEqualTo("shared");
        assertThat(rows(operator, "$topics").get(0).getInt("subscriptions")).isEqualTo(600);
    }

    @Test
    void anEventDoesNotWaitUntilAllStreamsAreLookedAt() {
        RecordingConnection client = fixture.open("a");
        for (int i = 0; i < 2_000; i++) {
            fixture.open("other");
        }
        watch(fixture, "$hub/connections");
        fixture.scheduler.holdReads();
        var unused = fixture.hub.publish(Publication.of("a", "1"));
        var heardMeanwhile = new AtomicBoolean();
        eachTimeTheClockIsRead(() -> {
            fixture.scheduler.run("tidings-appender"); // just when the look begins
            boolean done = fixture.scheduler.heldReads() > 0;
            heardMeanwhile.compareAndSet(false, !done && client.data().size() == 1);
        });
        fixture.scheduler.pass(SECOND);
        fixture.scheduler.advance(Duration.ZERO);

        assertThat(heardMeanwhile).isTrue();
    }

    private void eachTimeTheClockIsRead(Runnable action) {
        fixture.scheduler.beforeElapsed(() -> {
            action.run();
            eachTimeTheClockIsRead(action);
        });
    }

    @Test
    void topicsHaveTheirSubscriptionsAndTheBusiestComesFirst() {
        fixture.open("a", "b");
        fixture.open("a", "c/*");
        RecordingConnection operator = watch(fixture, "$hub/topics");
        fixture.scheduler.advance(SECOND);
        assertThat(rows(operator, "$topics"))
                .extracting(row -> row.getJsonNumber("rate").doubleValue())
                .containsOnly(0.0);

        fixture.publish("b", 1, 20);
        fixture.publish("c/1", 1, 5);
        fixture.scheduler.advance(SECOND);
        assertThat(rows(operator, "$topics"))
                .extracting(WatchTest::topic)
                .containsExactly("b 1 20.0", "c/1 1 5.0", "a 2 0.0", "c/* 1 0.0");

        fixture.scheduler.advance(SECOND);
        assertThat(rows(operator, "$topics"))
                .extracting(WatchTest::topic)
                .containsExactly("a 2 0.0", "b 1 0.0", "c/* 1 0.0");
    }

    @Test
    void ofPatternsTheHundredMostCommonCountForATopic() {
        List<String> patterns = patternsOf("a", "b", "c", "d", "e", "f", "g").subList(0, 101);
        fixture.open(patterns.subList(0, 100).toArray(String[]::new));
        fixture.open(patterns.get(100));
        RecordingConnection operator = watch(fixture, "$hub/topics");
        fixture.scheduler.advance(SECOND);
        fixture.publish("a/b/c/d/e/f/g", "1");
        fixture.scheduler.advance(SECOND);

        assertThat(topic(rows(operator, "$topics").get(0))).isEqualTo("a/b/c/d/e/f/g 100 1.0");
    }

    @Test
    void differentTopicsAreCountedUpToABound() {
        for (int i = 0; i < 101; i++) {
            int stream = i;
            fixture.open(IntStream.range(0, 100)
                    .mapToObj(topic -> "own/" + stream + '/' + topic)
                    .toArray(String[]::new));
        }
        RecordingConnection operator = watch(fixture, "$hub/topics");
        fixture.scheduler.advance(SECOND);

        assertThat(last(operator, "$topics").getInt("all")).isEqualTo(10_000);
    }

    /** 8 KiB is what the hub remembers here. */
    @Test
    void ratesAreRightWhereMoreWasPublishedThanMemoryKeeps() {
        RecordingConnection operator = watch(fixture, "$hub/topics");
        fixture.scheduler.advance(SECOND);
        for (int i = 0; i < 100; i++) {
            fixture.publish("a", "x".repeat(100));
            fixture.publish("b", "x".repeat(100));
        }
        fixture.scheduler.advance(SECOND);

        assertThat(rows(operator, "$topics")).hasSize(2).allSatisfy(row -> assertThat(
                        row.getJsonNumber("rate").doubleValue())
                .isCloseTo(100, within(10.0)));
    }

    /** Otherwise an operator on a bad line would be told of a minute ago, and cost memory. */
    @Test
    void whoDoesNotReadMissesSnapshotsInsteadOfQueueingThem() {
        RecordingConnection operator = watch(fixture, "$hub/*");
        fixture.scheduler.advance(SECOND);
        operator.stall();
        fixture.scheduler.advance(SECOND); // one is held by the transport
        fixture.scheduler.advance(SECOND); // one waits
        long queued = fixture.hub.statistics().queuedBytes();
        fixture.scheduler.advance(SECOND.multipliedBy(20));
        assertThat(fixture.hub.statistics().queuedBytes()).isEqualTo(queued);

        operator.read();
        fixture.scheduler.runAll();
        assertThat(operator.control("$statistics")).hasSize(3);
        fixture.scheduler.advance(SECOND);
        assertThat(operator.control("$statistics")).hasSize(4);
    }

    @Test
    void aStreamThatEndsIsToldNothingMore() {
        var operator = RecordingConnection.stalled();
        String id = fixture.hub.open(HubTopics.select(matchers("$hub/*")), new Cursor.Now(), operator);
        fixture.scheduler.runAll();
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.advance(SECOND.multipliedBy(2));
        operator.read();
        fixture.scheduler.runAll();
        assertThat(operator.control("$statistics")).isEmpty();
        assertThat(operator.ending()).contains(RecordingConnection.End.ENDED);
    }

    @Test
    void whatTheHubDoesNotHaveIsRefused() {
        for (String unknown : List.of("$hub", "$hub/statistic", "$other/*", "$hub/statistics/x")) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> HubTopics.select(matchers("a", unknown)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.TOPIC_RESERVED))
                    .withMessageContaining("$hub/statistics");
        }
    }

    private static RecordingConnection watch(HubFixture fixture, String... topics) {
        var operator = RecordingConnection.reading();
        fixture.hub.open(HubTopics.select(matchers(topics)), new Cursor.Now(), operator);
        fixture.scheduler.runAll();
        return operator;
    }

    private static List<TopicMatcher> matchers(String... topics) {
        return Stream.of(topics).map(TopicMatcher::new).toList();
    }

    private static JsonObject row(List<JsonObject> rows, String state) {
        return rows.stream()
                .filter(row -> row.getString("state").equals(state))
                .findFirst()
                .orElseThrow();
    }

    /** All that match the topic of these segments, segment by segment. */
    private static List<String> patternsOf(String... segments) {
        return IntStream.range(1, 1 << segments.length)
                .mapToObj(stars -> IntStream.range(0, segments.length)
                        .mapToObj(i -> (stars >> i & 1) == 1 ? "*" : segments[i])
                        .collect(Collectors.joining("/")))
                .toList();
    }

    private static String topic(JsonObject row) {
        return row.getString("topic") + ' ' + row.getInt("subscriptions") + ' ' + row.getJsonNumber("rate");
    }

    private static List<JsonObject> rows(RecordingConnection operator, String type) {
        return last(operator, type).getJsonArray(type.substring(1)).getValuesAs(JsonObject.class);
    }

    private static JsonObject last(RecordingConnection operator, String type) {
        List<StreamBlock> told = operator.control(type);
        Optional<String> json = told.get(told.size() - 1).data();
        return Json.createReader(new StringReader(json.orElseThrow())).readObject();
    }
}
