package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.hub.HubFixture.gap;
import static org.tidings.hub.HubFixture.gaps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.api.Publication;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.log.Retention;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.RecordingConnection.End;
import org.tidings.wire.Frame;

/** Guarantees 3 and 4 of docs/protocol.md: a slow client costs its bounded queue, and nobody else anything. */
class OverflowTest {
    private static final String KIB = "x".repeat(1000);

    private final HubFixture fixture = new HubFixture(
            HubFixture.settings(List.of(
                    new TopicRule(new TopicMatcher("price/*"), OverflowPolicy.CONFLATE),
                    new TopicRule(new TopicMatcher("strict"), OverflowPolicy.DISCONNECT))),
            Retention.DEFAULTS);

    @Test
    void aStalledClientQueuesNoMoreThanItsBoundAndCatchesUpLater() {
        RecordingConnection stalled = stalled("a");
        for (int i = 1; i <= 100; i++) {
            fixture.publish("a", i + KIB);
            assertThat(fixture.hub.statistics().queuedBytes()).isLessThanOrEqualTo(4096);
        }
        assertThat(fixture.hub.statistics().overflows()).isEqualTo(1);
        assertThat(stalled.data()).isEmpty();

        stalled.read();
        fixture.scheduler.runAll();
        fixture.publish("a", 101 + KIB);
        assertThat(stalled.data())
                .isEqualTo(HubFixture.numbers(1, 101).stream().map(n -> n + KIB).toList());
        assertThat(stalled.control("$gap")).isEmpty();
        assertThat(fixture.hub.statistics().queuedBytes()).isZero();
    }

    /** It asked for no position: the gap says the one that it had. */
    @Test
    void whatRetentionRemovesBeforeAStalledClientReadsIsToldByAGap() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(3));
        trimmed.publish("a", 1, 2);
        var client = RecordingConnection.stalled();
        trimmed.open(client, "", "a");
        for (int i = 3; i <= 12; i++) {
            trimmed.publish("a", i + KIB);
        }
        assertThat(trimmed.hub.statistics().overflows()).isEqualTo(1);

        client.read();
        trimmed.scheduler.runAll();
        assertThat(gaps(client)).containsExactly(gap("expired", trimmed.id(2), trimmed.id(9)));
        assertThat(client.data()).containsExactly(10 + KIB, 11 + KIB, 12 + KIB);
    }

    @Test
    void othersGetEverythingAtOnceMeanwhile() {
        stalled("a");
        RecordingConnection healthy = fixture.open("a");
        for (int i = 1; i <= 20; i++) {
            fixture.publish("a", i + KIB);
            assertThat(healthy.data()).hasSize(i);
        }
    }

    @Test
    void whatTheTransportHoldsIsPartOfTheBoundAndIsNotSentAgain() {
        RecordingConnection client = fixture.open("a");
        client.stall();
        fixture.publish("a", 1 + KIB); // held by the transport
        for (int i = 2; i <= 10; i++) {
            fixture.publish("a", i + KIB);
        }
        assertThat(client.data()).hasSize(1);
        assertThat(fixture.hub.statistics().queuedBytes()).isBetween(1000L, 1100L);
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data())
                .isEqualTo(HubFixture.numbers(1, 10).stream().map(n -> n + KIB).toList());
    }

    @Test
    void anEventLargerThanTheQueueGetsThrough() {
        String huge = "y".repeat(100_000);
        RecordingConnection idle = fixture.open("a");
        RecordingConnection busy = stalled("a");
        fixture.publish("a", huge);
        fixture.publish("a", "behind");
        assertThat(idle.data()).containsExactly(huge, "behind");
        assertThat(fixture.hub.statistics().queuedBytes()).isLessThanOrEqualTo(4096);
        busy.read();
        fixture.scheduler.runAll();
        assertThat(busy.data()).containsExactly(huge, "behind");
    }

    @Test
    void aClientThatStallsAgainWhileItCatchesUpLosesNothing() {
        RecordingConnection client = stalled("a");
        for (int i = 1; i <= 200; i++) {
            fixture.publish("a", i + KIB);
            if (i % 7 == 0) {
                client.readOne();
            }
        }
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data())
                .isEqualTo(HubFixture.numbers(1, 200).stream().map(n -> n + KIB).toList());
    }

    @Test
    void theLatestOfEachConflatedTopicIsKeptAndTheRestIsToldByAGap() {
        fixture.publish("news", "before");
        RecordingConnection client = stalled("price/*", "news");
        fixture.publish("news", "N");
        for (int i = 1; i <= 30; i++) {
            fixture.publish("price/a", "a" + i + KIB);
            fixture.publish("price/b", "b" + i);
            assertThat(fixture.hub.statistics().queuedBytes()).isLessThanOrEqualTo(4096);
        }
        client.read();
        fixture.scheduler.runAll();

        List<String> heard =
                client.data().stream().map(data -> data.replace("x", "")).toList();
        assertThat(heard).startsWith("N").endsWith("a30", "b30").hasSizeLessThan(20);
        assertThat(heard.stream().filter(data -> data.startsWith("a"))).isSortedAccordingTo(byNumber());
        assertThat(gaps(client)).containsExactly(gap("conflated", fixture.id(1), fixture.id(1)));
        // The gap comes before what is missing: its id leads back to all of it.
        assertThat(client.blocks().get(1).type()).contains("$gap");
        assertThat(client.blocks().get(1).id()).contains(fixture.id(1));
    }

    @Test
    void conflatedEventsCanStillBeHadFromTheLog() {
        RecordingConnection client = stalled("price/a");
        for (int i = 1; i <= 30; i++) {
            fixture.publish("price/a", i + KIB);
        }
        client.readOne(); // the gap
        fixture.scheduler.runAll();
        assertThat(client.control("$gap")).hasSize(1);
        client.hangUp();
        var back = RecordingConnection.reading();
        fixture.open(back, client.lastId(), "price/a");
        assertThat(back.data()).hasSize(30);
    }

    @Test
    void tooManyConflatedTopicsForTheQueueAreCaughtUpFromTheLog() {
        RecordingConnection client = stalled("price/*");
        for (int i = 1; i <= 30; i++) {
            fixture.publish("price/" + i, i + KIB);
            assertThat(fixture.hub.statistics().queuedBytes()).isLessThanOrEqualTo(4096);
        }
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data())
                .isEqualTo(HubFixture.numbers(1, 30).stream().map(n -> n + KIB).toList());
    }

    @Test
    void helloComesFirstEvenIfEventsAreConflatedBeforeItIsTaken() {
        var late = new LateConnection();
        fixture.hub.open(TopicSelector.parse(List.of("price/a")), new Cursor.Now(), late);
        for (int i = 0; i < 10; i++) {
            fixture.publish("price/a", i + KIB);
        }
        late.begin();
        fixture.scheduler.runAll();
        assertThat(late.types).startsWith("$hello", "$gap");
    }

    @Test
    void noGapIsToldWhereConflationDidNotHelpAndAllIsReadAgain() {
        RecordingConnection client = stalled("price/*");
        fixture.publish("price/a", "1");
        fixture.publish("price/a", "2");
        fixture.publish("price/a", "3" + KIB.repeat(5)); // superseding the others is not enough
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).containsExactly("1", "2", "3" + KIB.repeat(5));
        assertThat(client.control("$gap")).isEmpty();
    }

    @Test
    void aTopicThatDisconnectsEndsTheSlowClient() {
        RecordingConnection client = stalled("strict");
        RecordingConnection healthy = fixture.open("strict");
        for (int i = 1; i <= 10; i++) {
            fixture.publish("strict", i + KIB);
        }
        assertThat(client.ending()).contains(End.ABORTED);
        assertThat(fixture.heard).endsWith("disconnected slow-consumer");
        assertThat(healthy.data()).hasSize(10);
        assertThat(fixture.hub.statistics().queuedBytes()).isZero();

        var back = RecordingConnection.reading();
        fixture.open(back, client.lastId(), "strict");
        assertThat(back.data()).isEqualTo(healthy.data());
        assertThat(back.control("$gap")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"news, strict", "strict, news", "price/a, strict", "strict, price/a"})
    void ofEventsThatComeTogetherOneThatDisconnectsIsEnough(String first, String second) {
        RecordingConnection client = stalled("**");
        publishTogether(Publication.of(first, KIB.repeat(3)), Publication.of(second, KIB.repeat(3)));
        assertThat(client.ending()).contains(End.ABORTED);
    }

    @Test
    void ofEventsThatComeTogetherOneThatConflatesIsEnough() {
        RecordingConnection client = stalled("**");
        fixture.publish("price/a", "1" + KIB.repeat(2));
        publishTogether(Publication.of("news", "N" + KIB.repeat(3)), Publication.of("price/a", "2"));
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).containsExactly("N" + KIB.repeat(3), "2");
        assertThat(client.control("$gap")).hasSize(1);
    }

    /** They are in the log, and the client gets them from there. */
    @Test
    void whatWaitsAlreadyHasNoSayInTheOverflowOfWhatComes() {
        RecordingConnection client = stalled("strict", "news");
        fixture.publish("strict", "S" + KIB.repeat(3));
        fixture.publish("news", "N" + KIB);
        assertThat(client.ending()).isEmpty();
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).containsExactly("S" + KIB.repeat(3), "N" + KIB);
    }

    @Test
    void aLaneThatFallsBehindItsWindowSendsItsStreamsToTheLog() {
        RecordingConnection client = fixture.open("a");
        for (int i = 1; i <= 100; i++) {
            assertThat(fixture.hub.publish(Publication.of("a", i + KIB))).isNotNull();
            fixture.scheduler.run("tidings-appender"); // the lane does not get its turn; the window has 8 KiB
        }
        fixture.scheduler.runAll();
        fixture.publish("a", 101 + KIB);
        assertThat(client.data())
                .isEqualTo(HubFixture.numbers(1, 101).stream().map(n -> n + KIB).toList());
        assertThat(client.control("$gap")).isEmpty();
        assertThat(fixture.hub.statistics().fellBehind()).isPositive();
    }

    /** Events of a stalled client's queue were lost when its lane fell behind. */
    @Test
    void aLaneThatFallsBehindLosesNothingOfWhatWaitsForItsClients() {
        RecordingConnection client = stalled("a");
        fixture.publish("a", 1, 3); // queued
        for (int i = 4; i <= 100; i++) {
            assertThat(fixture.hub.publish(Publication.of("a", Integer.toString(i))))
                    .isNotNull();
            fixture.scheduler.run("tidings-appender");
        }
        fixture.scheduler.runAll();
        client.read();
        fixture.scheduler.runAll();
        assertThat(fixture.hub.statistics().fellBehind()).isPositive();
        assertThat(client.data()).isEqualTo(HubFixture.numbers(1, 100));
    }

    @Test
    void anOverflowDropsNeitherHelloNorAGapThatWaits() {
        var late = new LateConnection();
        fixture.hub.open(TopicSelector.parse(List.of("a")), Cursor.parse("malformed"), late);
        for (int i = 1; i <= 10; i++) {
            fixture.publish("a", i + KIB);
        }
        late.begin();
        fixture.scheduler.runAll();
        assertThat(late.types).startsWith("$hello", "$gap");
        assertThat(late.types).hasSize(12);
    }

    /** Becomes writable when the test says so. */
    private static final class LateConnection implements Connection {
        private final List<String> types = new ArrayList<>();
        private Listener listener;

        @Override
        public void open(Listener opened) {
            listener = opened;
        }

        void begin() {
            listener.writable();
        }

        @Override
        public boolean write(Frame frame) {
            frame.blocks().forEach(block -> types.add(block.type().orElse("")));
            return true;
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }

    private void publishTogether(Publication... publications) {
        for (Publication publication : publications) {
            assertThat(fixture.hub.publish(publication)).isNotNull();
        }
        fixture.scheduler.runAll();
    }

    private RecordingConnection stalled(String... topics) {
        var connection = RecordingConnection.stalled();
        fixture.open(connection, "", topics); // $hello is all that it takes
        return connection;
    }

    private static Comparator<String> byNumber() {
        return Comparator.comparing(data -> Integer.valueOf(data.substring(1)));
    }
}
