package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;

/** Polling and long polling: the stream's events with the stream's ids. */
@Timeout(30)
class PollTest {
    private final HubFixture fixture = new HubFixture();

    @Test
    void aPageHasTheEventsBehindTheCursorAndWhereToGoOn() {
        fixture.publish("a", 1, 3);
        fixture.publish("b", "other");
        PollPage page = poll(fixture.id(1), 10, Duration.ZERO).join();
        assertThat(page.events()).extracting(Event::data).containsExactly("2", "3");
        assertThat(page.next()).hasToString(fixture.id(4));
        assertThat(page.more()).isFalse();
        assertThat(page.gap()).isEmpty();
    }

    @Test
    void pagesFollowEachOtherWithoutLossOrDouble() {
        fixture.publish("a", 1, 7);
        PollPage first = poll("earliest", 3, Duration.ZERO).join();
        PollPage second = poll(first.next().toString(), 3, Duration.ZERO).join();
        PollPage third = poll(second.next().toString(), 3, Duration.ZERO).join();
        assertThat(first.more()).isTrue();
        assertThat(first.events()).extracting(Event::data).containsExactly("1", "2", "3");
        assertThat(second.events()).extracting(Event::data).containsExactly("4", "5", "6");
        assertThat(third.events()).extracting(Event::data).containsExactly("7");
        assertThat(third.more()).isFalse();
    }

    @Test
    void withoutACursorItIsFromNowOn() {
        fixture.publish("a", 1, 3);
        PollPage page = poll("", 10, Duration.ZERO).join();
        assertThat(page.events()).isEmpty();
        assertThat(page.next()).hasToString(fixture.id(3));
    }

    @Test
    void aLongPollIsAnsweredByTheFirstEvent() {
        CompletableFuture<PollPage> answer = poll("", 10, Duration.ofSeconds(30));
        assertThat(answer).isNotDone();
        fixture.publish("b", "other");
        assertThat(answer).isNotDone();
        fixture.publish("a", "1");
        assertThat(answer.join().events()).extracting(Event::data).containsExactly("1");
    }

    @Test
    void anEventBetweenTheLookAndTheWaitIsNotMissed() {
        fixture.scheduler.holdReads();
        CompletableFuture<PollPage> answer = poll("", 10, Duration.ofSeconds(30));
        fixture.scheduler.runOneRead(); // the first look: nothing
        assertThat(fixture.hub.publish(Publication.of("a", "1"))).isNotNull();
        fixture.scheduler.runAll(); // published, and handed out by the lane; the second look is still to come
        fixture.scheduler.releaseReads();
        assertThat(answer.join().events()).extracting(Event::data).containsExactly("1");
    }

    @Test
    void anEventThatTheLaneHandsOutDuringTheSecondLookIsNotMissed() {
        var log = new FailingLog();
        var between = new HubFixture(HubFixture.SETTINGS, log);
        log.afterRead = () -> log.afterRead = () -> {
            log.afterRead = () -> {};
            assertThat(between.hub.publish(Publication.of("a", "1"))).isNotNull();
            between.scheduler.run("tidings-appender");
            between.scheduler.run("tidings-lane-0");
        };
        CompletableFuture<PollPage> answer =
                between.hub.poll(TopicSelector.parse(List.of("a")), new Cursor.Now(), 10, Duration.ofSeconds(30));
        between.scheduler.runAll();
        assertThat(answer).isCompleted();
        assertThat(answer.join().events()).extracting(Event::data).containsExactly("1");
    }

    /** The second poll asks for the same while the first one's read is under way, and an event comes. */
    @Test
    void aPollSharesNoReadThatBeganBeforeIt() {
        var log = new FailingLog();
        var between = new HubFixture(HubFixture.SETTINGS, log);
        var selector = TopicSelector.parse(List.of("a"));
        List<CompletableFuture<PollPage>> second = new ArrayList<>();
        log.afterRead = () -> {
            log.afterRead = () -> {};
            assertThat(between.hub.publish(Publication.of("a", "1"))).isNotNull();
            between.scheduler.run("tidings-appender");
            second.add(between.hub.poll(selector, Cursor.parse(between.id(0)), 10, Duration.ofSeconds(30)));
            between.scheduler.run("tidings-lane-0");
        };

        CompletableFuture<PollPage> first =
                between.hub.poll(selector, Cursor.parse(between.id(0)), 10, Duration.ofSeconds(30));
        between.scheduler.runAll();

        assertThat(first).isCompleted();
        assertThat(first.join().events()).extracting(Event::data).containsExactly("1");
        assertThat(second.get(0)).isCompleted();
        assertThat(second.get(0).join().events()).extracting(Event::data).containsExactly("1");
    }

    @Test
    void aLongPollEndsEmptyWithWhereToGoOn() {
        CompletableFuture<PollPage> answer = poll("", 10, Duration.ofSeconds(30));
        fixture.publish("b", "other");
        fixture.scheduler.advance(Duration.ofSeconds(29));
        assertThat(answer).isNotDone();
        fixture.scheduler.advance(Duration.ofSeconds(2));
        assertThat(answer.join().events()).isEmpty();
        fixture.publish("a", "1");
        PollPage next = poll(answer.join().next().toString(), 10, Duration.ZERO).join();
        assertThat(next.events()).extracting(Event::data).containsExactly("1");
    }

    @Test
    void whoWantsNoReplayBehindAGapGoesOnFromNow() {
        fixture.publish("a", 1, 3);
        CompletableFuture<PollPage> answer = fixture.hub.poll(
                TopicSelector.parse(List.of("a")),
                new Cursor.OrNow(Cursor.parse("elsewhere-1")),
                10,
                Duration.ofSeconds(30));
        fixture.scheduler.runAll();
        assertThat(answer.join().events()).isEmpty();
        assertThat(answer.join().gap())
                .contains(
                        new Gap(Gap.Reason.FOREIGN, "elsewhere-1", answer.join().next()));
        assertThat(answer.join().next()).hasToString(fixture.id(3));
    }

    @Test
    void anExpiredPositionIsToldAtOnce() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(2));
        trimmed.publish("b", 1, 5);
        CompletableFuture<PollPage> answer = trimmed.hub.poll(
                TopicSelector.parse(List.of("a")), Cursor.parse(trimmed.id(1)), 10, Duration.ofSeconds(30));
        trimmed.scheduler.runAll();
        assertThat(answer.join().gap().orElseThrow().reason()).isEqualTo(Gap.Reason.EXPIRED);
        assertThat(answer.join().next()).hasToString(trimmed.id(5));
    }

    @Test
    void retentionBetweenTheQuestionAndTheReadIsTold() {
        var trimmed = new HubFixture(HubFixture.SETTINGS, HubFixture.keep(2));
        trimmed.publish("a", 1, 2);
        trimmed.scheduler.holdReads();
        CompletableFuture<PollPage> answer =
                trimmed.hub.poll(TopicSelector.parse(List.of("a")), Cursor.parse(trimmed.id(1)), 10, Duration.ZERO);
        trimmed.publish("a", 3, 6);
        trimmed.scheduler.releaseReads();
        assertThat(answer.join().gap().orElseThrow().resumed()).hasToString(trimmed.id(4));
        assertThat(answer.join().events()).extracting(Event::data).containsExactly("5", "6");
    }

    @Test
    void aLogThatFailsFailsThePoll() {
        var log = new FailingLog();
        var failing = new HubFixture(HubFixture.SETTINGS, log);
        log.failReads = true;
        CompletableFuture<PollPage> answer =
                failing.hub.poll(TopicSelector.parse(List.of("a")), new Cursor.Now(), 10, Duration.ZERO);
        failing.scheduler.runAll();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(EventLogException.class);
    }

    @Test
    void aStopAnswersWhoWaits() {
        CompletableFuture<PollPage> answer = poll("", 10, Duration.ofSeconds(30));
        fixture.hub.close();
        fixture.scheduler.runAll();
        assertThat(answer.join().events()).isEmpty();
        assertThat(fixture.hub.poll(TopicSelector.parse(List.of("a")), new Cursor.Now(), 1, Duration.ZERO))
                .isCompletedExceptionally();
    }

    private CompletableFuture<PollPage> poll(String after, int limit, Duration wait) {
        CompletableFuture<PollPage> answer =
                fixture.hub.poll(TopicSelector.parse(List.of("a")), Cursor.parse(after), limit, wait);
        fixture.scheduler.runAll();
        return answer;
    }
}
