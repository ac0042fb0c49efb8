package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.api.TopicSelector;

/** docs/protocol.md, "For operators": which streams come first. */
class ConnectionReportTest {
    @Test
    void whoIsBehindComesFirstThenWhoHasMuchWaitingThenWhoIsHereLongest() {
        var behind = report("behind", 5, 0, 1);
        var waiting = report("waiting", 0, 100, 1);
        var old = report("old", 0, 0, 60);
        var young = report("young", 0, 0, 1);

        assertThat(Stream.of(young, old, waiting, behind).sorted(ConnectionReport.SLOWEST_FIRST))
                .containsExactly(behind, waiting, old, young);
    }

    private static ConnectionReport report(String id, long lag, long queued, long seconds) {
        return new ConnectionReport(
                id,
                "live",
                Duration.ofSeconds(seconds),
                queued,
                0,
                lag,
                Duration.ZERO,
                TopicSelector.parse(List.of("a")));
    }
}
