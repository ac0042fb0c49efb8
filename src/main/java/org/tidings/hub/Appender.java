package org.tidings.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;
import org.tidings.log.EventLog;

/**
 * The one who appends: takes all publications that wait, and appends them as one batch. Publishers that call at the
 * same moment share one append. Retention runs here too, between batches.
 *
 * <p>A thread of its own, or in its place a publisher that waits for its receipt anyway, or any where the log never
 * waits: then an event is on its way to the lanes without a change of threads. Never two at a time.
 */
final class Appender {
    /**
     * What may wait: beyond it publishers are turned away, which is better than an exhausted heap. Not those that wait
     * for their receipt: each has one publication here, which it would hold anyway.
     */
    private static final int WAITING_EVENTS = 20_000;

    private static final long WAITING_CHARACTERS = 64L * 1024 * 1024;

    private static final int BATCH_EVENTS = 1_000;

    // Any thread.
    private final HubParts hub;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong characters = new AtomicLong();
    private final HubScheduler.Worker worker;
    private final Queue<CompletableFuture<Void>> finished = new ConcurrentLinkedQueue<>();
    private final Trouble appending;
    private final Trouble retaining;
    private volatile boolean retentionDue;
    private volatile boolean stopped;

    Appender(HubParts hub) {
        this.hub = hub;
        this.appending = new Trouble("The log takes no events; publishers are told to come back", hub.scheduler());
        this.retaining = new Trouble("The log could not remove old events; it is tried again", hub.scheduler());
        this.worker = hub.scheduler().start("tidings-appender", this::step);
    }

    /**
     * Completes on the appender's thread or a publisher's, which must not be blocked.
     *
     * @param callerWaits whether the calling thread may be blocked until then; it is never turned away as overloaded
     */
    CompletableFuture<Receipt> append(Publication publication, boolean callerWaits) {
        var waiting = new Waiting(publication, new CompletableFuture<>());
        long length = waiting.length();
        boolean full = characters.addAndGet(length) > WAITING_CHARACTERS || queue.size() >= WAITING_EVENTS;
        if (full && !callerWaits) {
            characters.addAndGet(-length);
            return CompletableFuture.failedFuture(new RejectedException(
                    RejectionReason.OVERLOADED, "too many publications wait for the log; try again in a moment"));
        }
        queue.add(waiting);
        if (stopped) {
            turnAwayWaiting();
        }
        if (hub.log().appendWaits() && !callerWaits) {
            worker.wake();
        } else {
            worker.wakeOrRun();
        }
        return waiting.receipt();
    }

    void retain() {
        retentionDue = true;
        worker.wake();
    }

    /** Completes when everything that waits now has been appended or turned away. */
    CompletableFuture<Void> finish() {
        var last = new CompletableFuture<Void>();
        finished.add(last);
        worker.wake();
        return last;
    }

    /** Ends the thread. What still waits is turned away. */
    void stop(Duration limit) {
        worker.stop(limit);
        stopped = true;
        turnAwayWaiting();
    }

    /** By whoever comes last, the one who stops or a publisher that had not heard of it: no receipt is forgotten. */
    private void turnAwayWaiting() {
        List<Waiting> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(waiting -> waiting.fail(EventHub.stopping()));
    }

    private boolean step() {
        if (retentionDue) {
            retentionDue = false;
            retentionDue = retainNow();
        }
        List<Waiting> batch = new ArrayList<>();
        queue.drainTo(batch, BATCH_EVENTS);
        batch.forEach(waiting -> characters.addAndGet(-waiting.length()));
        try {
            List<Waiting> accepted = withoutEnded(batch);
            if (!accepted.isEmpty()) {
                append(accepted);
            }
        } catch (RuntimeException | Error e) { // whatever it was, publishers must not wait for ever
            appending.met(e);
            batch.forEach(waiting -> waiting.fail(new EventLogException("the log failed", e)));
        }
        if (!queue.isEmpty() || retentionDue) {
            return true;
        }
        for (var last = finished.poll(); last != null; last = finished.poll()) {
            last.complete(null);
        }
        return false;
    }

    private void append(List<Waiting> batch) {
        List<Event> events;
        try {
            events = hub.log()
                    .append(
                            batch.stream().map(Waiting::publication).toList(),
                            hub.scheduler().now());
        } catch (EventLogException e) {
            appending.met(e);
            hub.statistics().countLogFailure();
            batch.forEach(waiting -> waiting.fail(e));
            return;
        }
        appending.passed();
        hub.statistics().countPublished(events.size());
        for (int i = 0; i < batch.size(); i++) {
            Event event = events.get(i);
            batch.get(i).receipt().complete(new Receipt(event.id(), event.topic()));
        }
    }

    /**
     * Nothing follows a topic's end: publications behind it are turned away, within the batch too. Ending it again
     * gives the first end's receipt.
     */
    private List<Waiting> withoutEnded(List<Waiting> batch) {
        List<Waiting> accepted = new ArrayList<>(batch.size());
        Map<TopicName, Waiting> endedNow = new HashMap<>();
        for (Waiting waiting : batch) {
            TopicName topic = waiting.publication().topic();
            OptionalLong end = hub.log().endOf(topic);
            Optional<Waiting> first = Optional.ofNullable(endedNow.get(topic));
            if (end.isEmpty() && first.isEmpty()) {
                accepted.add(waiting);
                if (waiting.isEnd()) {
                    endedNow.put(topic, waiting);
                }
            } else if (end.isPresent()) {
                waiting.answerBehind(new Receipt(hub.id(end.getAsLong()), topic));
            } else {
                waiting.follow(first.get());
            }
        }
        return accepted;
    }

    /** Returns whether there is more to remove: it takes turns with the batches. */
    private boolean retainNow() {
        try {
            boolean more = hub.log().retain(hub.scheduler().now());
            retaining.passed();
            return more;
        } catch (RuntimeException | Error e) { // publications wait behind this
            retaining.met(e);
            return false;
        }
    }

    private record Waiting(Publication publication, CompletableFuture<Receipt> receipt) {
        boolean isEnd() {
            return EventLog.isEnd(publication.type());
        }

        int length() {
            return publication.data().length();
        }

        void fail(RuntimeException e) {
            receipt.completeExceptionally(e);
        }

        /** The topic was ended before: an end gets that end's receipt, an event is turned away. */
        void answerBehind(Receipt end) {
            if (isEnd()) {
                receipt.complete(end);
            } else {
                fail(new RejectedException(
                        RejectionReason.TOPIC_ENDED, "the topic '" + end.topic() + "' was ended; nothing can follow"));
            }
        }

        /** The topic is ended in the same batch, if the log takes it. */
        void follow(Waiting end) {
            var unused = end.receipt().whenComplete((theirs, failure) -> {
                if (failure == null) {
                    answerBehind(theirs);
                } else {
                    receipt.completeExceptionally(failure);
                }
            });
        }
    }
}
