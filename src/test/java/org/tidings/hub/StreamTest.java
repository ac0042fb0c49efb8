package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidings.hub.HubFixture.gap;
import static org.tidings.hub.HubFixture.gaps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.api.ByteSize;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.Retention;
import org.tidings.testkit.PageTable;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.RecordingConnection.End;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/** Guarantees 2 and 5 of docs/protocol.md on one stream: order, each once, gaps told, one end. */
class StreamTest {
    private final HubFixture fixture = new HubFixture();

    @Test
    void aLaneWithoutSubscribersSleepsAndItsNextStreamBeginsWithWhatComesThen() {
        fixture.publish("a", 1, 3);
        var unused = fixture.hub.publish(Publication.of("a", "x".repeat(4_000)));
        fixture.scheduler.run("tidings-appender");
        assertThat(fixture.scheduler.isWoken("tidings-lane-0")).isFalse();
        for (int i = 0; i < 5; i++) { // more than the window keeps
            fixture.publish("a", "x".repeat(4_000));
        }
        RecordingConnection client = fixture.open("a");
        fixture.publish("a", 4, 5);
        assertThat(client.data()).containsExactly("4", "5");
        assertThat(fixture.hub.statistics().fellBehind()).isZero();
        client.hangUp();
        fixture.scheduler.runAll();
        unused = fixture.hub.publish(Publication.of("a", "6"));
        fixture.scheduler.run("tidings-appender");
        assertThat(fixture.scheduler.isWoken("tidings-lane-0")).isFalse();
    }

    @Test
    void helloComesFirstAndCarriesAPosition() {
        fixture.publish("a", 1, 3);
        RecordingConnection client = fixture.open("a");

        StreamBlock hello = client.blocks().get(0);
        assertThat(hello.type()).contains("$hello");
        assertThat(hello.id()).contains(fixture.id(3));
        assertThat(hello.retry().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(hello.data().orElseThrow()).matches("\\{\"connection\":\"[\\w-]{22}\",\"heartbeat\":15000}");
    }

    @Test
    void reconnectionTimesDiffer() {
        var first = fixture.open("a").blocks().get(0).retry();
        var second = fixture.open("a").blocks().get(0).retry();
        var third = fixture.open("a").blocks().get(0).retry();
        assertThat(Set.of(first, second, third)).hasSize(3);
    }

    @Test
    void eventsOfItsTopicsArriveInOrderAndNoOthers() {
        RecordingConnection client = fixture.open("a", "b/*");
        fixture.publish("a", "1");
        fixture.publish("c", "not");
        fixture.publish("b/x", "2");
        fixture.publish("b/x/y", "not");
        fixture.publish("a", "3");
        assertThat(client.data()).containsExactly("1", "2", "3");
    }

    /** One stream carries many topics: its client must be able to tell which one brought an event. */
    @Test
    void eventsSayTheirTopicWhetherTheyAreReplayedOrLive() {
        fixture.publish("a/1", "replayed");
        RecordingConnection client = RecordingConnection.reading();
        fixture.open(client, "earliest", "a/*", "b");
        fixture.publish("b", "live");
        assertThat(fixture.hub.end(new TopicName("b"))).isNotNull();
        fixture.scheduler.runAll();
        assertThat(client.comments()).containsExactly("topic: a/1", "topic: b", "topic: b");
    }

    @Test
    void theHubsOwnWordsAreOfNoTopic() {
        var client = RecordingConnection.reading();
        fixture.open(client, "malformed", "a");
        assertThat(client.blocks())
                .extracting(block -> block.type().orElseThrow())
                .containsExactly("$hello", "$gap");
        assertThat(client.comments()).isEmpty();
    }

    @Test
    void anEventThatSeveralMatchersMatchArrivesOnce() {
        RecordingConnection client = fixture.open("a/b", "a/*", "**");
        fixture.publish("a/b", "1");
        assertThat(client.data()).containsExactly("1");
    }

    @Test
    void eventsThatArriveTogetherAreWrittenTogetherAndSharedByAllWhoGetTheSame() {
        RecordingConnection one = fixture.open("a", "b");
        RecordingConnection other = fixture.open("b", "a");
        RecordingConnection third = fixture.open("a");
        for (String topic : List.of("a", "b", "a")) {
            assertThat(fixture.hub.publish(Publication.of(topic, topic))).isNotNull();
        }
        fixture.scheduler.runAll();

        assertThat(one.frames()).hasSize(2); // $hello and the round
        assertThat(one.frames().get(1))
                .isSameAs(other.frames().get(1))
                .isNotSameAs(third.frames().get(1));
        assertThat(one.data()).containsExactly("a", "b", "a");
        assertThat(third.data()).containsExactly("a", "a");
    }

    @Test
    void aReturningClientGetsWhatItMissedThenWhatIsNew() {
        RecordingConnection first = fixture.open("a");
        fixture.publish("a", 1, 2);
        first.hangUp();
        fixture.publish("a", 3, 5);

        var second = RecordingConnection.reading();
        fixture.open(second, first.lastId(), "a");
        fixture.publish("a", 6, 7);

        assertThat(first.data()).containsExactly("1", "2");
        assertThat(second.data()).containsExactly("3", "4", "5", "6", "7");
        assertThat(second.control("$gap")).isEmpty();
    }

    @Test
    void aClientThatHeardOnlyHelloMissesNothing() {
        RecordingConnection first = fixture.open("a");
        first.hangUp();
        fixture.publish("a", 1, 2);
        var second = RecordingConnection.reading();
        fixture.open(second, first.lastId(), "a");
        assertThat(second.data()).containsExactly("1", "2");
    }

    @Test
    void aClientThatIsCutDuringReplayGoesOnFromItsLastEvent() {
        fixture.publish("a", 1, 5);
        var first = RecordingConnection.stalled();
        fixture.open(first, "earliest", "a"); // takes $hello, and then nothing
        assertThat(first.lastId()).isEqualTo(fixture.id(0));
        first.hangUp();
        var second = RecordingConnection.reading();
        fixture.open(second, first.lastId(), "a");
        assertThat(second.data()).isEqualTo(HubFixture.numbers(1, 5));
    }

    @Test
    void earliestReplaysAllThatTheLogHasWithoutAGap() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 5);
        var client = RecordingConnection.reading();
        trimmed.open(client, "earliest", "a");
        assertThat(client.data()).containsExactly("3", "4", "5");
        assertThat(client.control("$gap")).isEmpty();
    }

    @Test
    void anExpiredPositionIsToldByOneGapBeforeTheOldestEvents() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 5);
        var client = RecordingConnection.reading();
        trimmed.open(client, trimmed.id(1), "a");

        assertThat(gaps(client)).containsExactly(gap("expired", trimmed.id(1), trimmed.id(2)));
        assertThat(client.blocks().get(1).type()).contains("$gap");
        assertThat(client.blocks().get(1).id()).contains(trimmed.id(2));
        assertThat(client.data()).containsExactly("3", "4", "5");
    }

    @Test
    void thePositionJustBeforeTheOldestEventIsNoGap() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 5);
        var client = RecordingConnection.reading();
        trimmed.open(client, trimmed.id(2), "a");
        assertThat(client.control("$gap")).isEmpty();
        assertThat(client.data()).containsExactly("3", "4", "5");
    }

    @Test
    void aPositionOfAnotherLogIsToldByAGap() {
        fixture.publish("a", 1, 2);
        var client = RecordingConnection.reading();
        fixture.open(client, "elsewhere-1", "a");
        assertThat(gaps(client)).containsExactly(gap("foreign", "elsewhere-1", fixture.id(0)));
        assertThat(client.data()).containsExactly("1", "2");
    }

    @Test
    void aPositionAheadOfTheLogIsToldByAGap() {
        fixture.publish("a", 1, 2);
        var client = RecordingConnection.reading();
        fixture.open(client, fixture.id(3), "a");
        assertThat(gaps(client)).containsExactly(gap("future", fixture.id(3), fixture.id(0)));
        assertThat(client.data()).containsExactly("1", "2");
    }

    @Test
    void aMalformedPositionIsToldByAGapThatQuotesItSafely() {
        fixture.publish("a", 1, 2);
        var client = RecordingConnection.reading();
        fixture.open(client, "no\nid: \"x\"", "a");
        assertThat(gaps(client)).containsExactly(gap("malformed", "no\\u000aid: \\\"x\\\"", fixture.id(0)));
        assertThat(client.data()).containsExactly("1", "2");
    }

    /** It is anybody's text, and goes back to the client. */
    @Test
    void aGapQuotesNoMoreThanTheBeginningOfWhatWasAsked() {
        var client = RecordingConnection.reading();
        fixture.open(client, "x".repeat(1_000), "a");
        assertThat(gaps(client)).containsExactly(gap("malformed", "x".repeat(100), fixture.id(0)));
    }

    @Test
    void everyReasonOfAGapStandsInTheProtocol() {
        assertThat(Stream.of(Gap.Reason.values()).map(Gap.Reason::slug))
                .containsExactlyElementsOf(
                        PageTable.headed("protocol.md", "reason of a gap").names());
    }

    @ParameterizedTest
    @CsvSource({"expired, EPOCH-1", "foreign, elsewhere-1", "future, EPOCH-6", "malformed, no id"})
    void whoWantsNoReplayBehindAGapGoesOnFromNow(String reason, String position) {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 5);
        String asked = position.replace("EPOCH", trimmed.log.epoch());
        RecordingConnection client = openOrNow(trimmed, asked);
        trimmed.publish("a", "6");
        assertThat(gaps(client)).containsExactly(gap(reason, asked, trimmed.id(5)));
        assertThat(client.data()).containsExactly("6");
    }

    @Test
    void whoWantsNoReplayBehindAGapMissesNothingWithoutOne() {
        fixture.publish("a", 1, 3);
        RecordingConnection client = openOrNow(fixture, fixture.id(1));
        assertThat(gaps(client)).isEmpty();
        assertThat(client.data()).containsExactly("2", "3");
    }

    private static RecordingConnection openOrNow(HubFixture hub, String asked) {
        var client = RecordingConnection.reading();
        hub.hub.open(TopicSelector.parse(List.of("a")), new Cursor.OrNow(Cursor.parse(asked)), client);
        hub.scheduler.runAll();
        return client;
    }

    @Test
    void retentionThatOvertakesAReplayIsToldByAGap() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 3);
        trimmed.scheduler.holdReads();
        var client = RecordingConnection.reading();
        trimmed.open(client, trimmed.id(1), "a"); // known when it came
        trimmed.publish("a", 4, 8); // and gone when it is read
        trimmed.scheduler.releaseReads();

        assertThat(gaps(client)).containsExactly(gap("expired", trimmed.id(1), trimmed.id(5)));
        assertThat(client.data()).containsExactly("6", "7", "8");
    }

    @Test
    void eventsPublishedWhileAPageIsReadArriveBehindItAndOnce() {
        fixture.publish("a", 1, 3);
        fixture.scheduler.holdReads();
        var client = RecordingConnection.reading();
        fixture.open(client, "earliest", "a");
        fixture.publish("a", 4, 5); // before the page is read: in the page and in the lane
        fixture.scheduler.runOneRead();
        assertThat(fixture.hub.publish(Publication.of("a", "6"))).isNotNull();
        fixture.scheduler.run("tidings-appender"); // behind the page, handed to the lane before it has seen the page
        fixture.scheduler.releaseReads();
        fixture.publish("a", 7, 8);
        assertThat(client.data()).isEqualTo(HubFixture.numbers(1, 8));
    }

    @Test
    void eventsThatTheLaneHandsOutBeforeItHearsOfTheLastPageArriveBehindIt() {
        var log = new FailingLog();
        var between = new HubFixture(HubFixture.SETTINGS, log);
        between.publish("a", 1, 3);
        log.afterRead = () -> {
            log.afterRead = () -> {};
            for (String topic : List.of("a", "b", "a")) {
                assertThat(between.hub.publish(Publication.of(topic, topic))).isNotNull();
            }
            between.scheduler.run("tidings-appender");
            between.scheduler.run("tidings-lane-0");
        };
        var client = RecordingConnection.reading();
        between.open(client, "earliest", "a");
        between.publish("a", "last");
        assertThat(client.data()).containsExactly("1", "2", "3", "a", "a", "last");
    }

    @Test
    void aPageThatIsReadAheadOfTheLaneIsNotDoubled() {
        fixture.publish("a", 1, 3);
        fixture.scheduler.holdReads();
        var client = RecordingConnection.reading();
        fixture.open(client, "earliest", "a");
        assertThat(fixture.hub.publish(Publication.of("a", "4"))).isNotNull();
        fixture.scheduler.run("tidings-appender"); // in the log, but the lane has not run
        fixture.scheduler.runOneRead();
        fixture.scheduler.releaseReads();
        fixture.publish("a", "5");
        assertThat(client.data()).isEqualTo(HubFixture.numbers(1, 5));
    }

    @Test
    void whoComesBackAMomentLaterIsGivenTheSamePageAndWhatCameSince() {
        var log = new FailingLog();
        var shared = new HubFixture(HubFixture.SETTINGS, log);
        shared.publish("a", 1, 3);
        RecordingConnection first = returning(shared);
        shared.publish("a", 4, 5);
        log.failReads = true;
        RecordingConnection second = returning(shared);
        shared.publish("a", 6, 7);

        assertThat(first.data()).isEqualTo(HubFixture.numbers(1, 7));
        assertThat(second.data()).isEqualTo(HubFixture.numbers(1, 7));
    }

    /** The lane has more behind the page than it keeps in memory. */
    @Test
    void whoIsGivenAPageThatIsLongBehindReadsOn() {
        fixture.publish("a", 1, 3);
        RecordingConnection first = returning(fixture);
        for (int i = 0; i < 20; i++) {
            fixture.publish("a", i + "x".repeat(1_000));
        }
        RecordingConnection second = returning(fixture);
        fixture.publish("a", "last");

        assertThat(second.data()).hasSize(24).isEqualTo(first.data());
    }

    @Test
    void aMomentLaterAgainThePageIsReadAnew() {
        var log = new FailingLog();
        var shared = new HubFixture(HubFixture.SETTINGS, log);
        shared.publish("a", 1, 3);
        returning(shared);
        shared.scheduler.advance(Duration.ofSeconds(1));
        log.failReads = true;

        assertThat(returning(shared).data()).isEmpty();
    }

    private static RecordingConnection returning(HubFixture hub) {
        var client = RecordingConnection.reading();
        hub.open(client, hub.id(0), "a");
        return client;
    }

    @Test
    void aReplayIsReadOnlyAsFastAsTheClientReads() {
        String large = "x".repeat(20_000);
        for (int i = 0; i < 20; i++) {
            fixture.publish("a", i + large);
        }
        var client = RecordingConnection.stalled();
        fixture.open(client, "earliest", "a");
        fixture.scheduler.holdReads();
        client.readOne(); // $hello
        fixture.scheduler.runAll();
        assertThat(fixture.scheduler.heldReads()).isEqualTo(1);
        fixture.scheduler.releaseReads();
        assertThat(client.data()).hasSize(3); // 64 KiB
        fixture.scheduler.runAll();
        assertThat(client.data()).hasSize(3);

        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).hasSize(20);
        assertThat(fixture.hub.statistics().queuedBytes()).isZero();
    }

    @Test
    void aLogThatCannotBeReadIsAskedAgainAndTheStreamStaysUp() {
        var log = new FailingLog();
        var failing = new HubFixture(HubFixture.SETTINGS, log);
        failing.publish("a", 1, 3);
        log.failReads = true;
        var client = RecordingConnection.reading();
        failing.open(client, "earliest", "a");
        assertThat(client.data()).isEmpty();
        assertThat(client.ending()).isEmpty();

        log.failReads = false;
        failing.scheduler.advance(Duration.ofSeconds(1));
        assertThat(client.data()).containsExactly("1", "2", "3");
    }

    @Test
    void anIdleStreamGetsHeartbeatsThatNoClientHears() {
        RecordingConnection client = fixture.open("a");
        fixture.scheduler.advance(Duration.ofSeconds(14));
        assertThat(client.heartbeats()).isZero();
        fixture.scheduler.advance(Duration.ofSeconds(2));
        assertThat(client.heartbeats()).isEqualTo(1);
        fixture.scheduler.advance(Duration.ofSeconds(30));
        assertThat(client.heartbeats()).isEqualTo(3);
        assertThat(client.frames().get(1)).hasToString(": \n\n");
    }

    @Test
    void aStreamWithEventsNeedsNoHeartbeat() {
        RecordingConnection client = fixture.open("a");
        for (int i = 0; i < 10; i++) {
            fixture.scheduler.advance(Duration.ofSeconds(10));
            fixture.publish("a", "x");
        }
        assertThat(client.heartbeats()).isZero();
    }

    @Test
    void aClientThatTakesNothingIsCutAfterTheStallLimit() {
        var client = RecordingConnection.stalled();
        fixture.open(client, "", "a"); // $hello waits in its socket
        fixture.scheduler.advance(Duration.ofSeconds(29));
        assertThat(client.ending()).isEmpty();
        fixture.scheduler.advance(Duration.ofSeconds(2));
        assertThat(client.ending()).contains(End.ABORTED);
        assertThat(fixture.heard).endsWith("disconnected stalled");
    }

    @Test
    void aStreamEndsBeforeItsLifetimeWithANewReconnectionTime() {
        var settings = new HubSettings(
                1,
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                ByteSize.kibi(4),
                Optional.of(Duration.ofMinutes(10)),
                Duration.ofSeconds(5),
                ByteSize.kibi(8),
                List.of());
        var mortal = new HubFixture(settings, Retention.DEFAULTS);
        RecordingConnection client = mortal.open("a");
        mortal.scheduler.advance(Duration.ofMinutes(9).minusSeconds(1));
        assertThat(client.ending()).isEmpty();
        mortal.scheduler.advance(Duration.ofMinutes(1).plusSeconds(2));
        assertThat(client.ending()).contains(End.ENDED);
        StreamBlock last = client.blocks().get(client.blocks().size() - 1);
        assertThat(last.retry().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(last.data()).isEmpty();
        assertThat(mortal.heard).endsWith("disconnected lifetime-reached");
    }

    @Test
    void aFailingWriteEndsTheStreamOnce() {
        RecordingConnection client = fixture.open("a");
        client.breakDown();
        fixture.publish("a", "1");
        client.hangUp();
        client.hangUp();
        fixture.publish("a", "2");
        fixture.scheduler.runAll();
        assertThat(client.ending()).contains(End.ABORTED);
        assertThat(fixture.heard).containsExactly("connected [a]", "disconnected client-gone");
        assertThat(fixture.hub.statistics().connections()).isZero();
    }

    @Test
    void aTransportThatThrowsCostsItsOwnConnectionOnly() {
        var other = fixture.open("a");
        fixture.hub.open(TopicSelector.parse(List.of("a")), new Cursor.Now(), new Connection() {
            @Override
            public void open(Listener listener) {
                throw new IllegalStateException("deliberate");
            }

            @Override
            public boolean write(Frame frame) {
                throw new AssertionError("never opened");
            }

            @Override
            public void end() {}

            @Override
            public void abort() {
                throw new IllegalStateException("deliberate");
            }
        });
        fixture.scheduler.runAll();
        fixture.publish("a", "1");
        assertThat(other.data()).containsExactly("1");
        assertThat(fixture.heard).endsWith("disconnected failed");
        assertThat(fixture.hub.statistics().connections()).isEqualTo(1);
    }

    @Test
    void anEndedTopicEndsItsStreamsBehindItsLastEvent() {
        RecordingConnection client = fixture.open("a");
        RecordingConnection both = fixture.open("a", "b");
        RecordingConnection pattern = fixture.open("*");
        fixture.publish("a", "1");
        end("a");

        assertThat(client.data()).containsExactly("1");
        assertThat(client.control("$end")).singleElement().satisfies(end -> assertThat(end.data())
                .contains("{\"topic\":\"a\"}"));
        assertThat(client.ending()).contains(End.ENDED);
        assertThat(client.blocks().get(client.blocks().size() - 1).type()).contains("$end");

        fixture.publish("b", "2");
        assertThat(both.control("$end")).hasSize(1);
        assertThat(both.data()).containsExactly("1", "2");
        assertThat(both.ending()).isEmpty();
        assertThat(pattern.control("$end")).hasSize(1);
        assertThat(pattern.ending()).isEmpty();
        assertThat(fixture.heard).contains("disconnected topic-ended");
    }

    @Test
    void aClientThatMissedTheEndIsToldAndEnded() {
        RecordingConnection first = fixture.open("a");
        first.hangUp();
        fixture.publish("a", "1");
        end("a");
        assertThat(isOver("a", first.lastId())).isFalse();

        var second = RecordingConnection.reading();
        fixture.open(second, first.lastId(), "a");
        assertThat(second.data()).containsExactly("1");
        assertThat(second.control("$end")).hasSize(1);
        assertThat(second.ending()).contains(End.ENDED);
        assertThat(isOver("a", second.lastId())).isTrue();
        assertThat(isOver("a", "")).isTrue();
        assertThat(isOver("a", "earliest")).isFalse();
        assertThat(isOver("a", "malformed")).isFalse();
    }

    @Test
    void whatHasATopicThatWasNotEndedOrAPatternIsNeverOver() {
        end("a");
        end("b");
        assertThat(fixture.hub.isOver(TopicSelector.parse(List.of("a", "b")), new Cursor.Now()))
                .isTrue();
        assertThat(fixture.hub.isOver(TopicSelector.parse(List.of("a", "c")), new Cursor.Now()))
                .isFalse();
        assertThat(fixture.hub.isOver(TopicSelector.parse(List.of("a", "b/*")), new Cursor.Now()))
                .isFalse();
    }

    @Test
    void aStreamThatOpensJustBehindTheEndIsEndedToo() {
        end("a"); // between the question whether it is over and the opening
        RecordingConnection client = fixture.open("a");
        assertThat(client.control("$hello")).hasSize(1);
        assertThat(client.ending()).contains(End.ENDED);
        assertThat(fixture.heard).endsWith("disconnected topic-ended");
    }

    @Test
    void theEndWaitsForASlowClient() {
        var client = RecordingConnection.stalled();
        fixture.open(client, "", "a");
        fixture.publish("a", "1");
        end("a");
        assertThat(client.ending()).isEmpty();
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).containsExactly("1");
        assertThat(client.control("$end")).hasSize(1);
        assertThat(client.ending()).contains(End.ENDED);
    }

    @Test
    void addedTopicsAreDeliveredFromTheReturnedPositionAndRemovedOnesNoMore() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        fixture.publish("b", "before");
        var change = fixture.hub.change(id, matchers("b"), matchers("a"));
        fixture.scheduler.runAll();
        fixture.publish("a", "removed");
        fixture.publish("b", "1");
        assertThat(change.join().topics().matchers()).containsExactlyElementsOf(matchers("b"));
        assertThat(change.join().from()).hasToString(fixture.id(1));
        assertThat(client.data()).containsExactly("1");
    }

    @Test
    void aTopicThatIsAddedWhileAPageIsReadMissesNothingPublishedAfterwards() {
        fixture.publish("a", 1, 2);
        fixture.scheduler.holdReads();
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "earliest", "a");
        var change = fixture.hub.change(id, matchers("b"), Set.of());
        fixture.scheduler.runAll();
        assertThat(change).isCompleted();
        fixture.publish("b", "3");
        fixture.scheduler.releaseReads(); // the page for the old topics goes past it
        assertThat(client.data()).containsExactly("1", "2", "3");
    }

    @Test
    void whatIsBothAddedAndRemovedIsAdded() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        var change = fixture.hub.change(id, matchers("a"), matchers("a"));
        fixture.scheduler.runAll();
        assertThat(change.join().topics().matchers()).containsExactlyElementsOf(matchers("a"));
        fixture.publish("a", "1");
        assertThat(client.data()).containsExactly("1");
    }

    @Test
    void changesThatCannotBeAreRefusedAndChangeNothing() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        Set<TopicMatcher> hundred = IntStream.range(0, TopicSelector.MAX_MATCHERS)
                .mapToObj(i -> new TopicMatcher("t/" + i))
                .collect(Collectors.toSet());
        var none = fixture.hub.change(id, Set.of(), matchers("a"));
        var tooMany = fixture.hub.change(id, hundred, Set.of());
        var unknown = fixture.hub.change("nobody", matchers("b"), Set.of());
        fixture.scheduler.runAll();
        assertRejected(none, RejectionReason.TOPIC_MISSING);
        assertRejected(tooMany, RejectionReason.TOO_MANY_TOPICS);
        assertRejected(unknown, RejectionReason.CONNECTION_UNKNOWN);
        fixture.publish("t/1", "not");
        fixture.publish("a", "1");
        assertThat(client.data()).containsExactly("1");
    }

    @Test
    void anOperatorCanEndAStream() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        assertThat(fixture.hub.disconnect("nobody", DisconnectReason.CLOSED)).isFalse();
        fixture.scheduler.runAll();
        assertThat(client.ending()).contains(End.ENDED);
        assertThat(fixture.heard).endsWith("disconnected closed");
    }

    @Test
    void aStreamThatAnOperatorEndsEndsBehindWhatWaitsForItsClient() {
        var client = RecordingConnection.stalled();
        String id = fixture.open(client, "", "a"); // takes $hello
        fixture.publish("a", "1");
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.runAll();
        assertThat(client.ending()).isEmpty();
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).containsExactly("1");
        assertThat(client.blocks().get(client.blocks().size() - 1).retry()).isPresent();
        assertThat(client.ending()).contains(End.ENDED);
    }

    @Test
    void aStreamThatAnOperatorEndsEndsAfterTheStallLimitAtTheLatest() {
        var client = RecordingConnection.stalled();
        String id = fixture.open(client, "", "a");
        fixture.scheduler.advance(Duration.ofSeconds(20));
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.advance(Duration.ofSeconds(11));
        assertThat(client.ending()).contains(End.ABORTED);
        assertThat(fixture.heard).endsWith("disconnected closed");
    }

    /** One that took a little now and then stayed for as long as it had something to take. */
    @Test
    void aStreamThatAnOperatorEndsEndsThenHoweverSlowlyItsClientReads() {
        var client = RecordingConnection.stalled();
        String id = fixture.open(client, "", "a");
        fixture.publish("a", 1, 5);
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.advance(Duration.ofSeconds(20));
        client.readOne();
        fixture.scheduler.advance(Duration.ofSeconds(11));
        assertThat(client.ending()).contains(End.ABORTED);
        assertThat(fixture.heard).endsWith("disconnected closed");
    }

    /** A stream that was ended right behind its opening stayed open. */
    @Test
    void anIdCanBeUsedAsSoonAsItIsKnown() {
        var client = RecordingConnection.reading();
        String id = fixture.hub.open(TopicSelector.parse(List.of("a")), new Cursor.Now(), client);
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.runAll();
        assertThat(client.control("$hello")).hasSize(1);
        assertThat(client.ending()).contains(End.ENDED);
    }

    @Test
    void aClientThatIsCutBetweenHelloAndItsGapIsToldWhenItComesBack() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 5);
        var first = RecordingConnection.stalled();
        trimmed.open(first, trimmed.id(1), "a"); // takes $hello, the $gap waits behind it
        assertThat(first.control("$gap")).isEmpty();
        first.hangUp();
        var second = RecordingConnection.reading();
        trimmed.open(second, first.lastId().isEmpty() ? trimmed.id(1) : first.lastId(), "a");
        assertThat(second.data()).containsExactly("3", "4", "5"); // "2" is gone
        assertThat(second.control("$gap")).hasSize(1);
    }

    @Test
    void aStreamThatIsChangedAgainAndAgainHasOneReadUnderWay() {
        fixture.publish("a", 1, 3);
        fixture.scheduler.holdReads();
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "earliest", "a");
        for (int i = 0; i < 50; i++) {
            assertThat(fixture.hub.change(id, Set.of(new TopicMatcher("t/" + i % 2)), Set.of()))
                    .isNotNull();
            fixture.scheduler.runAll();
        }
        assertThat(fixture.scheduler.heldReads()).isEqualTo(1);
    }

    @Test
    void aStreamThatWaitsForALongReadGetsHeartbeats() {
        fixture.publish("a", 1, 3);
        fixture.scheduler.holdReads();
        var client = RecordingConnection.reading();
        fixture.open(client, "earliest", "a");
        fixture.scheduler.advance(Duration.ofMinutes(2));
        assertThat(client.heartbeats()).isPositive();
    }

    @Test
    void aPageOfACatchingUpStreamCostsItsBound() {
        for (int i = 0; i < 30; i++) {
            fixture.publish("a", "\n".repeat(3000));
        }
        var client = RecordingConnection.stalled();
        fixture.open(client, "earliest", "a");
        client.readOne();
        fixture.scheduler.runAll();
        assertThat(fixture.hub.statistics().queuedBytes()).isLessThanOrEqualTo(4096 + 64 * 1024);
    }

    /** Who came back a moment later was given the page that others had, and all that came since in one piece. */
    @Test
    void whatCameSinceAPageWasReadForOthersIsGivenInPagesToo() {
        HubSettings small = HubFixture.SETTINGS;
        var wide = new HubFixture(
                new HubSettings(
                        small.lanes(),
                        small.heartbeat(),
                        small.stallLimit(),
                        small.sendQueue(),
                        small.lifetime(),
                        small.reconnect(),
                        ByteSize.mebi(1),
                        small.rules()),
                HubFixture.keep(100));
        wide.publish("a", "first");
        wide.open(RecordingConnection.reading(), "earliest", "a"); // its page serves others for a second
        var all = new ArrayList<>(List.of("first"));
        for (int i = 0; i < 30; i++) {
            all.add(Integer.toString(i).repeat(5_000));
            wide.publish("a", all.get(i + 1));
        }

        var late = RecordingConnection.reading();
        wide.open(late, "earliest", "a");

        assertThat(late.data()).isEqualTo(all);
        assertThat(late.frames()).allSatisfy(frame -> assertThat(frame.length()).isLessThanOrEqualTo(64 * 1024));
    }

    @Test
    void aStopSaysFarewellGivesTimeAndLeavesNothing() {
        RecordingConnection client = fixture.open("a");
        var slow = RecordingConnection.stalled();
        fixture.open(slow, "", "a");
        var late = fixture.hub.publish(Publication.of("a", "last words"));
        fixture.hub.close(Duration.ofSeconds(10));

        assertThat(late.join().topic()).hasToString("a");
        assertThat(client.data()).containsExactly("last words");
        assertThat(client.ending()).contains(End.ENDED);
        assertThat(client.blocks().get(client.blocks().size() - 1).retry()).isPresent();
        assertThat(slow.ending()).contains(End.ABORTED);
        assertThat(fixture.heard)
                .filteredOn(call -> call.equals("disconnected shutdown"))
                .hasSize(2);
        assertThat(fixture.scheduler.isClosed()).isTrue();
        assertThat(fixture.scheduler.runningWorkers()).isZero();
        assertThat(fixture.hub.isRunning()).isFalse();
        assertThatThrownBy(() -> fixture.open("a")).isInstanceOf(RejectedException.class);
        assertThat(fixture.hub.publish(Publication.of("a", "too late"))).isCompletedExceptionally();
        fixture.hub.close();
    }

    private void end(String topic) {
        var receipt = fixture.hub.end(new TopicName(topic));
        fixture.scheduler.runAll();
        assertThat(receipt).isCompleted();
    }

    private static void assertRejected(CompletableFuture<?> answer, RejectionReason reason) {
        assertThatThrownBy(answer::join)
                .hasCauseInstanceOf(RejectedException.class)
                .satisfies(e ->
                        assertThat(((RejectedException) e.getCause()).reason()).isEqualTo(reason));
    }

    private boolean isOver(String topic, String after) {
        return fixture.hub.isOver(TopicSelector.parse(List.of(topic)), Cursor.parse(after));
    }

    private static Set<TopicMatcher> matchers(String topic) {
        return Set.of(new TopicMatcher(topic));
    }
}
