package org.tidings.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tidings.api.TopicSelector;

/**
 * One poll: reads a page, and if that has nothing to tell, waits in the lane's index for the first event of its topics
 * and reads again. Its fields are the lane's, but for what a reader is given.
 */
final class PollSubscriber implements Subscriber {
    // Set once.
    private final Lane lane;
    private final HubParts hub;
    private final TopicSelector topics;
    private final int limit;
    private final Duration deadline;
    private final CompletableFuture<PollPage> answer = new CompletableFuture<>();

    // The lane's.
    private Resume from;
    private boolean waiting; // in the index
    private boolean reading;
    private boolean again; // an event came while reading
    private boolean answered;

    PollSubscriber(Lane lane, HubParts hub, TopicSelector topics, Cursor cursor, int limit, Duration wait) {
        this.lane = lane;
        this.hub = hub;
        this.topics = topics;
        this.limit = limit;
        this.deadline = hub.scheduler().elapsed().plus(wait);
        this.from = Resume.at(cursor, topics, hub.log(), hub.log().end());
    }

    /** The answer; completed on a reader's thread. */
    CompletableFuture<PollPage> answer() {
        return answer;
    }

    /** The first message. */
    void begin() {
        lane.add(this);
        read();
    }

    private void read() {
        reading = true;
        again = false;
        hub.polls().read(from, topics, limit, result -> {
            var unused = result.whenComplete((page, failure) -> {
                if (failure == null) {
                    lane.post(() -> take(page));
                } else {
                    lane.post(this::leave);
                    answer.completeExceptionally(failure);
                }
            });
        });
    }

    @Override
    public boolean offer(Entry entry, Batch round) {
        boolean first = !again;
        again = true;
        return first;
    }

    @Override
    public void flush() {
        if (waiting && !reading) {
            read();
        }
    }

    /** Events were skipped that may have been of its topics. */
    void lookAgain() {
        again = true;
        flush();
    }

    void tick(Duration now) {
        if (waiting && now.compareTo(deadline) >= 0) {
            expire();
        }
    }

    /** Answers with nothing but where to go on. */
    void expire() {
        reply(new PollPage(List.of(), hub.id(from.position()), false, from.gap()));
    }

    private void take(PollPage page) {
        reading = false;
        if (answered) {
            return;
        }
        if (!page.events().isEmpty() || page.gap().isPresent() || lane.now().compareTo(deadline) >= 0) {
            reply(page);
            return;
        }
        from = new Resume(page.next().offset(), Optional.empty());
        if (!waiting) {
            // In the index first, then a second look: an event between the first look and now is in the log, a later
            // one is offered.
            waiting = true;
            lane.subscribe(topics.matchers(), this);
            read();
        } else if (again) {
            read();
        }
    }

    private void reply(PollPage page) {
        answered = true;
        page.gap().ifPresent(gap -> hub.statistics().countGap(gap.reason()));
        leave();
        hub.scheduler()
                .read(() -> answer.complete(page)); // what depends on it takes its time, of which a lane has none
    }

    private void leave() {
        lane.remove(this);
        if (waiting) {
            waiting = false;
            lane.unsubscribe(topics.matchers(), this);
        }
    }
}
