package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.PageLimit;
import org.tidings.testkit.RecordingConnection;

/** Guarantees 1 and 3 of docs/protocol.md: what a receipt means, and that it waits for nobody. */
class PublishTest {
    private final FailingLog log = new FailingLog();
    private final HubFixture fixture = new HubFixture(HubFixture.SETTINGS, log);

    @Test
    void whenTheReceiptComesTheLogHasTheEvent() {
        CompletableFuture<Receipt> receipt = fixture.hub.publish(Publication.of("a", "t", "1"));
        assertThat(receipt).isNotDone();
        fixture.scheduler.run("tidings-appender"); // no lane has run
        assertThat(receipt).isCompleted();
        var page = log.read(0, TopicSelector.parse(List.of("a")), new PageLimit(10, ByteSize.kibi(1)));
        assertThat(page.events()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(receipt.join().id());
            assertThat(event.time()).isEqualTo(fixture.scheduler.now());
        });
    }

    @Test
    void theReceiptDoesNotWaitForSubscribers() {
        fixture.open(RecordingConnection.stalled(), "", "a");
        CompletableFuture<Receipt> receipt = fixture.hub.publish(Publication.of("a", "1"));
        fixture.scheduler.run("tidings-appender");
        assertThat(receipt).isCompleted();
    }

    @Test
    void publishersThatCallAtTheSameMomentShareOneAppend() {
        List<CompletableFuture<Receipt>> receipts = HubFixture.numbers(1, 50).stream()
                .map(number -> fixture.hub.publish(Publication.of("a", number)))
                .toList();
        fixture.scheduler.runAll();
        assertThat(log.batches).containsExactly(50);
        assertThat(receipts)
                .extracting(receipt -> receipt.join().id().offset())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aLogThatFailsGivesNoReceiptAndGoesOnWhenItCan() {
        RecordingConnection client = fixture.open("a");
        log.failAppends = true;
        CompletableFuture<Receipt> refused = fixture.hub.publish(Publication.of("a", "1"));
        fixture.scheduler.runAll();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(EventLogException.class);

        log.failAppends = false;
        fixture.publish("a", "2");
        assertThat(client.data()).containsExactly("2");
        assertThat(client.ending()).isEmpty();
    }

    @Test
    void theHubsOwnTopicsAndTypesAreRefused() {
        assertRejected(fixture.hub.publish(Publication.of("$a", "1")), RejectionReason.TOPIC_RESERVED);
        assertRejected(fixture.hub.publish(Publication.of("a", "$end", "1")), RejectionReason.TYPE_RESERVED);
        assertRejected(fixture.hub.end(new TopicName("$a")), RejectionReason.TOPIC_RESERVED);
        assertThat(log.end()).isZero();
    }

    @Test
    void nothingFollowsATopicsEndNotEvenInTheSameBatch() {
        var before = fixture.hub.publish(Publication.of("a", "1"));
        var end = fixture.hub.end(new TopicName("a"));
        var behind = fixture.hub.publish(Publication.of("a", "2"));
        var again = fixture.hub.end(new TopicName("a"));
        var other = fixture.hub.publish(Publication.of("b", "3"));
        fixture.scheduler.runAll();
        var later = fixture.hub.publish(Publication.of("a", "4"));
        var muchLater = fixture.hub.end(new TopicName("a"));
        fixture.scheduler.runAll();

        assertThat(before.join().id().offset()).isEqualTo(1);
        assertThat(end.join().id().offset()).isEqualTo(2);
        assertRejected(behind, RejectionReason.TOPIC_ENDED);
        assertThat(again.join()).isEqualTo(end.join());
        assertThat(other.join().id().offset()).isEqualTo(3);
        assertRejected(later, RejectionReason.TOPIC_ENDED);
        assertThat(muchLater.join()).isEqualTo(end.join());
        assertThat(log.end()).isEqualTo(3);
    }

    @Test
    void anEndThatTheLogRefusesIsRefusedToAllWhoShareIt() {
        log.failAppends = true;
        var end = fixture.hub.end(new TopicName("a"));
        var again = fixture.hub.end(new TopicName("a"));
        fixture.scheduler.runAll();
        assertThatThrownBy(end::join).hasCauseInstanceOf(EventLogException.class);
        assertThatThrownBy(again::join).hasCauseInstanceOf(EventLogException.class);
    }

    @Test
    void aPublicationBehindAnEndThatTheLogRefusedIsNotToldThatTheTopicWasEnded() {
        log.failAppends = true;
        var end = fixture.hub.end(new TopicName("a"));
        var behind = fixture.hub.publish(Publication.of("a", "1"));
        fixture.scheduler.runAll();
        assertThat(end).isCompletedExceptionally();
        assertThatThrownBy(behind::join).hasCauseInstanceOf(EventLogException.class);
    }

    @Test
    void moreThanMayWaitIsTurnedAwayAndTheRestIsTaken() {
        String data = "x".repeat(Publication.MAX_DATA_BYTES);
        int fits = 64 * 1024 * 1024 / data.length();
        List<CompletableFuture<Receipt>> receipts = HubFixture.numbers(1, fits + 1).stream()
                .map(number -> fixture.hub.publish(Publication.of("a", data)))
                .toList();
        assertRejected(receipts.get(fits), RejectionReason.OVERLOADED);
        assertThat(RejectionReason.OVERLOADED.retry()).isTrue();
        fixture.scheduler.runAll();
        assertThat(receipts.subList(0, fits)).allMatch(receipt -> !receipt.isCompletedExceptionally());
        assertThat(fixture.publish("a", "again")).isNotNull();
    }

    @Test
    void smallEventsThatWaitAreBoundedInNumber() {
        List<CompletableFuture<Receipt>> receipts = HubFixture.numbers(1, 20_001).stream()
                .map(number -> fixture.hub.publish(Publication.of("a", number)))
                .toList();
        assertRejected(receipts.get(20_000), RejectionReason.OVERLOADED);
        fixture.scheduler.runAll();
        assertThat(receipts.subList(0, 20_000)).allMatch(receipt -> !receipt.isCompletedExceptionally());
        assertThat(log.end()).isEqualTo(20_000);
    }

    @Test
    void retentionByAgeRunsByItself() {
        fixture.publish("a", "1");
        fixture.scheduler.advance(Duration.ofHours(12));
        fixture.publish("a", "2");
        fixture.scheduler.advance(Duration.ofHours(12).plusSeconds(2));
        assertThat(log.trimmed(TopicSelector.parse(List.of("**")))).isEqualTo(1);
    }

    private static void assertRejected(CompletableFuture<Receipt> receipt, RejectionReason reason) {
        assertThatThrownBy(receipt::join)
                .hasCauseInstanceOf(RejectedException.class)
                .satisfies(e ->
                        assertThat(((RejectedException) e.getCause()).reason()).isEqualTo(reason));
    }
}
