package org.tidings.hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tidings.api.TopicMatcher;

/**
 * A look at all streams of a lane: a message that posts itself again until it has seen them, a few at a time, so that
 * events do not wait for it. For the lane's thread.
 */
final class LaneSurvey implements Runnable {
    /** Streams in one go: some ten microseconds. A lane has sixteen goes before it looks for events. */
    private static final int SLICE = 64;

    /**
     * Different topics and patterns that are counted. Streams are seen in no order: with more, those that many ask for
     * have been seen long before.
     */
    private static final int DIFFERENT = 10_000;

    private final Lane lane;
    private final Leading<ConnectionReport> slowest;
    private final Map<TopicMatcher, Integer> subscriptions = new HashMap<>();
    private final CompletableFuture<LaneReport> report = new CompletableFuture<>();
    private List<StreamSubscriber> streams; // null before the first go
    private int seen;

    /** @param rows how many streams are reported one by one, at the most */
    LaneSurvey(Lane lane, int rows) {
        this.lane = lane;
        this.slowest = new Leading<>(rows, ConnectionReport.SLOWEST_FIRST);
    }

    /** Completes on the lane's thread. */
    CompletableFuture<LaneReport> report() {
        return report;
    }

    @Override
    public void run() {
        try {
            look();
        } catch (RuntimeException e) {
            report.completeExceptionally(e); // the next one comes only when this has ended
            throw e;
        }
    }

    private void look() {
        streams = streams == null ? lane.streams() : streams;
        Duration now = lane.now();
        long end = lane.end();
        int until = Math.min(seen + SLICE, streams.size());
        for (; seen < until; seen++) {
            StreamSubscriber stream = streams.get(seen);
            if (!stream.isClosed()) {
                slowest.offer(stream.report(now, end));
                stream.topics().matchers().forEach(this::count);
            }
        }
        if (seen < streams.size()) {
            lane.post(this);
        } else {
            report.complete(new LaneReport(slowest.inOrder(), subscriptions));
        }
    }

    private void count(TopicMatcher matcher) {
        if (!matcher.isReserved() && (subscriptions.size() < DIFFERENT || subscriptions.containsKey(matcher))) {
            subscriptions.merge(matcher, 1, Integer::sum);
        }
    }
}
