package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicSelector;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;
import org.tidings.testkit.ManualScheduler;
import org.tidings.testkit.RecordingConnection;

/** A stop forgets nobody: each receipt, poll and stream that races with it is answered or ended. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class StopTest {
    private static final TopicSelector A = TopicSelector.parse(List.of("a"));

    private final HubFixture fixture = new HubFixture();
    private final ManualScheduler scheduler = fixture.scheduler;

    @Test
    void anEventWithAReceiptIsWrittenBeforeTheFarewell() {
        RecordingConnection client = fixture.open("a");
        var receipt = fixture.hub.publish(Publication.of("a", "last words"));
        scheduler.run("tidings-appender"); // and the lane does not get its turn before the stop
        assertThat(receipt).isCompleted();
        fixture.hub.close();
        assertThat(client.data()).containsExactly("last words");
    }

    @Test
    void aPollWhoseFirstLookIsStillUnderWayIsAnswered() {
        scheduler.holdReads();
        var answer = poll();
        fixture.hub.close();
        scheduler.releaseReads();
        assertThat(answer).isDone();
    }

    @Test
    void aPollWhosePageIsReadWhenTheLanesHaveStoppedIsAnswered() {
        scheduler.holdReads();
        var answer = poll();
        scheduler.beforeClose(scheduler::releaseReads); // behind the lanes' end and before the log's
        fixture.hub.close();
        assertThat(answer).isDone();
    }

    @Test
    void aPollThatComesInTheMiddleOfTheStopIsAnswered() {
        scheduler.beforeElapsed(fixture.hub::close); // behind the check whether the hub is running
        CompletableFuture<PollPage> answer;
        try {
            answer = poll();
        } catch (RuntimeException e) {
            return; // refused at once
        }
        assertThat(answer).isDone();
    }

    @Test
    void aStreamThatIsOpenedInTheMiddleOfTheStopIsEndedOrRefused() {
        scheduler.beforeRandom(fixture.hub::close);
        var client = RecordingConnection.reading();
        String id = fixture.hub.open(A, new Cursor.Now(), client);
        scheduler.runAll();
        assertThat(client.ending()).isPresent();
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isFalse();
    }

    @Test
    void publishersThatRaceWithTheStopAreAllAnswered() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            EventHub hub = real(HubListener.NONE);
            var receipts = new ArrayList<CompletableFuture<Receipt>>();
            var started = new CountDownLatch(1);
            var publisher = new Thread(() -> {
                started.countDown();
                do {
                    receipts.add(hub.publish(Publication.of("a", "1")));
                } while (hub.isRunning());
            });
            publisher.start();
            started.await();
            hub.close();
            publisher.join();
            assertThat(receipts).as("round %d", i).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void aListenerThatHangsDoesNotHoldUpTheStop() throws InterruptedException {
        var called = new CountDownLatch(1);
        var forever = new CountDownLatch(1);
        EventHub hub = real(new HubListener() {
            @Override
            public void connected(String connection, TopicSelector topics) {
                called.countDown();
                try {
                    forever.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void disconnected(String connection, DisconnectReason reason) {}
        });
        assertThat(hub.open(A, new Cursor.Now(), RecordingConnection.reading())).isNotEmpty();
        called.await();
        hub.close(Duration.ofMillis(100));
        assertStopping(() -> hub.open(A, new Cursor.Now(), RecordingConnection.reading()));
        forever.countDown();
    }

    @Test
    void whoIsInterruptedStopsAllOfItAllTheSame() throws InterruptedException {
        var called = new CountDownLatch(1);
        EventHub hub = real(new HubListener() {
            @Override
            public void connected(String connection, TopicSelector topics) {
                called.countDown();
            }

            @Override
            public void disconnected(String connection, DisconnectReason reason) {}
        });
        var client = RecordingConnection.stalled();
        assertThat(hub.open(A, new Cursor.Now(), client)).isNotEmpty();
        called.await();
        Thread.currentThread().interrupt();
        hub.close(Duration.ofMillis(100));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.ending()).isPresent();
    }

    @Test
    void aStoppedHubSaysThatItIsStopping() {
        fixture.hub.close();
        assertStopping(() -> fixture.hub.isOver(A, new Cursor.Now()));
        assertStopping(() -> fixture.hub.open(A, new Cursor.Now(), RecordingConnection.reading()));
        assertStopping(fixture.hub.publish(Publication.of("a", "too late"))::join);
        assertStopping(poll()::join);
    }

    private static void assertStopping(ThrowingCallable call) {
        Throwable refusal = catchThrowable(call);
        assertThat(refusal instanceof CompletionException ? refusal.getCause() : refusal)
                .isInstanceOfSatisfying(RejectedException.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(RejectionReason.STOPPING));
    }

    private CompletableFuture<PollPage> poll() {
        var answer = fixture.hub.poll(A, new Cursor.Now(), 10, Duration.ofSeconds(30));
        scheduler.runAll();
        return answer;
    }

    private static EventHub real(HubListener listener) {
        return EventHub.start(
                InMemoryEventLog.open(Retention.DEFAULTS), HubFixture.SETTINGS, SystemHubScheduler.create(), listener);
    }
}
