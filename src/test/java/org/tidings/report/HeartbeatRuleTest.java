package org.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.report.Listener.Silence;

/** When heartbeats are too rare for a server, and what is said of it. */
class HeartbeatRuleTest {
    @Test
    void aServerThatEndsNoSilentStreamIsContentWithEveryHeartbeat() {
        Finding finding = judge("PT24H", new Listener("http-listener-1", false, Optional.empty(), Optional.empty()));

        assertThat(finding.found()).isEqualTo("every 86400s; the server ends no stream because it is silent");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void whatCannotBeSeenIsToldAndIsNoProblem() {
        Finding finding = HeartbeatRule.judge(Duration.ofSeconds(15), Optional.empty());

        assertThat(finding.found())
                .isEqualTo(
                        "every 15s; after which time the server ends a silent stream cannot be seen from here: it has"
                                + " to be longer");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void theShortestSilenceIsToldFirst() {
        Finding finding = judge("PT0.5S", listener("http", "PT90S"), listener("https", "PT60S"));

        assertThat(finding.found()).isEqualTo("every 500ms; a silent stream is ended after 60s by https, 90s by http");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void twoHeartbeatsHaveToFitIntoTheSilence() {
        assertThat(judge("PT15S", listener("http", "PT30S")).problem()).isEmpty();
        assertThat(judge("PT15S", listener("http", "PT29.999S")).problem()).isPresent();
    }

    @Test
    void aProblemSaysWhatToSetAndWhere() {
        Finding finding = judge(
                "PT60S", listener("http", "PT20S"), listener("https", "PT30S"), listener("behind the proxy", "PT10M"));

        assertThat(finding.problem())
                .hasValue("streams on which nothing happens may be ended. Set tidings.heartbeat to 10s or less; or to"
                        + " 120000 ms or more the time-out of http and the time-out of https");
    }

    private static Finding judge(String heartbeat, Listener... listeners) {
        return HeartbeatRule.judge(Duration.parse(heartbeat), Optional.of(List.of(listeners)));
    }

    private static Listener listener(String name, String limit) {
        return new Listener(
                name,
                false,
                Optional.of(new Silence(Duration.parse(limit), "the time-out of " + name)),
                Optional.empty());
    }
}
