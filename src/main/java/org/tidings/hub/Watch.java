package org.tidings.hub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The hub's own topics: once a second, while somebody hears them, each lane is asked how its streams are; a reader puts
 * together what they say, and the lanes tell it. While nobody does, nothing is looked at.
 */
final class Watch {
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final HubParts hub;
    private final List<Lane> lanes;
    private final HubSnapshot snapshot;

    // The timer's.
    private CompletableFuture<Void> round = CompletableFuture.completedFuture(null);

    Watch(HubParts hub, List<Lane> lanes) {
        this.hub = hub;
        this.lanes = lanes;
        this.snapshot = new HubSnapshot(hub);
    }

    /** Once each period. */
    void beat() {
        if (!round.isDone() || lanes.stream().noneMatch(Lane::isWatched)) {
            return; // a lane that is that slow is not asked again before it has answered
        }
        Duration now = hub.scheduler().elapsed();
        List<LaneSurvey> surveys = lanes.stream()
                .map(lane -> new LaneSurvey(lane, HubSnapshot.ROWS))
                .toList();
        for (int i = 0; i < surveys.size(); i++) {
            lanes.get(i).post(surveys.get(i));
        }
        List<CompletableFuture<LaneReport>> reports =
                surveys.stream().map(LaneSurvey::report).toList();
        round = CompletableFuture.allOf(reports.toArray(CompletableFuture<?>[]::new))
                .thenRunAsync(() -> show(now, reports), hub.scheduler()::read)
                .exceptionally(Watch::log);
    }

    private void show(Duration now, List<CompletableFuture<LaneReport>> reports) {
        List<HubState> states =
                snapshot.of(now, reports.stream().map(CompletableFuture::join).toList());
        lanes.forEach(lane -> lane.post(() -> lane.show(states)));
    }

    private static Void log(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.log(System.Logger.Level.ERROR, "Operators miss how the hub is; the next look may succeed", cause);
        return null;
    }
}
