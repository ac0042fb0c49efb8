package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.TopicName;

/** Retention between batches, and publishers that wait. */
@Timeout(30)
class AppenderTest {
    private final FailingLog log = new FailingLog();
    private final List<String> done = new ArrayList<>();

    @Test
    void retentionThatIsNotFinishedTakesTurnsWithTheBatchesAndGoesOnByItself() {
        var fixture = new HubFixture(HubFixture.SETTINGS, log);
        log.unfinishedRetains = 3;
        log.beforeAppend = () -> done.add("append");
        log.beforeRetain = () -> {
            done.add("retain");
            if (done.size() < 4) {
                assertThat(fixture.hub.publish(Publication.of("a", "x"))).isNotNull();
            }
        };

        fixture.scheduler.advance(Duration.ofSeconds(1));

        assertThat(done).containsExactly("retain", "append", "retain", "append", "retain", "retain");
    }

    @Test
    void anErrorInRetentionHoldsUpNoPublication() {
        var fixture = new HubFixture(HubFixture.SETTINGS, log);
        log.beforeAppend = () -> done.add("append");
        log.beforeRetain = () -> {
            done.add("retain");
            assertThat(fixture.hub.publish(Publication.of("a", "1"))).isNotNull();
            throw new OutOfMemoryError("deliberate");
        };

        fixture.scheduler.advance(Duration.ofSeconds(1));

        assertThat(done).containsExactly("retain", "append");
    }

    @Test
    void whoWaitsAnywayAppendsItself() {
        var fixture = new HubFixture(HubFixture.SETTINGS, log);
        fixture.scheduler.letCallersRun();

        assertThat(fixture.hub.publishAndWait(Publication.of("a", "1")).id()).hasToString(fixture.id(1));
    }

    /** Else what a transaction has committed could be lost. */
    @Test
    void whoWaitsIsTakenHoweverManyWaitAlready() {
        var fixture = new HubFixture(HubFixture.SETTINGS, log);
        String longest = "x".repeat(Publication.MAX_DATA_BYTES);
        for (int i = 0; i < 20_000; i++) {
            assertThat(fixture.hub.publish(Publication.of("a", i < 256 ? longest : "")))
                    .isNotDone();
        }
        assertThat(fixture.hub.publish(Publication.of("a", "1"))).isCompletedExceptionally();
        fixture.scheduler.letCallersRun();

        assertThat(fixture.hub.publishAndWait(Publication.of("a", "2")).id()).hasToString(fixture.id(20_001));
    }

    @Test
    void whoWaitsForATopicsEndIsTakenHoweverManyWaitAlready() {
        var fixture = new HubFixture(HubFixture.SETTINGS, log);
        for (int i = 0; i < 20_000; i++) {
            assertThat(fixture.hub.publish(Publication.of("a", ""))).isNotDone();
        }
        var topic = new TopicName("a");
        assertThat(fixture.hub.end(topic)).isCompletedExceptionally();
        fixture.scheduler.letCallersRun();

        assertThat(fixture.hub.endAndWait(topic).id()).hasToString(fixture.id(20_001));
    }

    @Test
    void whoDoesNotWaitLeavesItToTheThreadWhereTheLogMayWait() {
        var fixture = new HubFixture(HubFixture.SETTINGS, log);
        fixture.scheduler.letCallersRun();
        CompletableFuture<Receipt> receipt = fixture.hub.publish(Publication.of("a", "1"));

        assertThat(receipt).isNotDone();
        fixture.scheduler.run("tidings-appender");
        assertThat(receipt).isCompleted();
    }

    @Test
    void whereTheLogNeverWaitsWhoeverPublishesAppends() {
        var fixture = new HubFixture(); // in memory
        fixture.scheduler.letCallersRun();

        assertThat(fixture.hub.publish(Publication.of("a", "1"))).isCompleted();
    }

    @Test
    void whoWaitsHasTheReceiptOrTheLogsFailure() {
        try (EventHub hub = EventHub.start(log, HubFixture.SETTINGS, SystemHubScheduler.create(), HubListener.NONE)) {
            Receipt receipt = hub.publishAndWait(Publication.of("a", "1"));
            assertThat(receipt.id().offset()).isEqualTo(1);

            log.failAppends = true;
            assertThatExceptionOfType(EventLogException.class)
                    .isThrownBy(() -> hub.publishAndWait(Publication.of("a", "2")))
                    .withMessage("the disk is full");

            log.failAppends = false;
            assertThat(hub.publishAndWait(Publication.of("a", "3")).id().offset())
                    .isEqualTo(2);
        }
    }
}
