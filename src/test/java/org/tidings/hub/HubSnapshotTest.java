package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.log.EventLog;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;
import org.tidings.testkit.ManualScheduler;

/** What is told when the last stream went while the hub was looked at; the rest is in {@link WatchTest}. */
class HubSnapshotTest {
    @Test
    void withoutAStreamNoneIsTheSlowest() {
        var scheduler = new ManualScheduler();
        EventLog log = InMemoryEventLog.open(Retention.DEFAULTS);
        HubSettings settings = HubFixture.SETTINGS;
        var hub = new HubParts(
                log,
                settings,
                scheduler,
                new HubStatistics(),
                new ControlFrames(settings, scheduler.random()),
                new RecentEvents(settings.window(), 0),
                new PageReader(log, settings, scheduler),
                new PollReader(log, scheduler));

        List<HubState> states = new HubSnapshot(hub).of(Duration.ZERO, List.of());

        assertThat(states.get(0).frame().toString())
                .startsWith(": topic: $hub/statistics\n")
                .contains("\"connections\":0")
                .doesNotContain("slowest");
    }
}
