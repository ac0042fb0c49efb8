package org.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.config.Settings;
import org.tidings.report.Listener.Silence;
import org.tidings.report.Machine.Descriptors;
import org.tidings.report.Machine.Place;

/** The report as operators read it. */
class StartReportTest {
    private static final Machine MACHINE = new Machine(
            "17.0.15",
            Optional.of(new Descriptors(65_536, 300)),
            Optional.of(new Place(Path.of("/srv/tidings"), Optional.of("ext4"), false)));

    @Test
    void aServerThatShowsAllIsDescribedLineByLine() {
        StartReport report = report(new ServerFacts(
                "WildFly 39",
                Optional.of(List.of(new Listener("https", true, silence(90), Optional.empty()))),
                Optional.of(List.of(new ChainLink("servlet rest", Optional.of(true)))),
                Optional.of(new RequestThreads(200, "the pool"))));

        assertThat(report.text()).isEqualTo("""
                        What Tidings found at its start:
                          server     WildFly 39, Java 17.0.15
                          transport  sink
                          heartbeat  every 15s; a silent stream is ended after 90s by https
                          async      supported by servlet rest
                          HTTP/2     offered over TLS by https
                          threads    200 for requests; streams hold none of them
                          files      65536 may be open and 300 are; each connection takes one
                          log        on disk; an event that has its receipt survives a loss of power (fsync); /srv/tidings""");
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void whatIsWrongIsToldTogether() {
        StartReport report = report(new ServerFacts(
                "WildFly 39",
                Optional.of(List.of(new Listener("https", true, silence(20), Optional.empty()))),
                Optional.of(List.of(new ChainLink("filter audit", Optional.of(false)))),
                Optional.empty()));

        assertThat(report.problems().orElseThrow().lines())
                .hasSize(3)
                .satisfiesExactly(
                        title -> assertThat(title).isEqualTo("Tidings runs, and needs your attention:"),
                        first -> assertThat(first).startsWith("  heartbeat: ").contains("tidings.heartbeat to 10s"),
                        second -> assertThat(second).startsWith("  async: ").contains("filter audit"));
    }

    @Test
    void ofAServerThatShowsNothingNothingIsClaimed() {
        StartReport report =
                report(new ServerFacts("Some server 1.0", Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(report.findings())
                .filteredOn(finding -> finding.found().contains("cannot be seen from here"))
                .extracting(Finding::subject)
                .containsExactly("heartbeat", "async", "HTTP/2");
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void whyStreamsHaveToDoWithoutTheTransportIsAProblemOfIt() {
        StartReport report =
                report(new ServerFacts("Some server 1.0", Optional.empty(), Optional.empty(), Optional.empty()));

        StartReport amended = report.with(List.of("the first. Do this", "the second. Do that"));

        assertThat(amended.problems()).hasValue("""
                        Tidings runs, and needs your attention:
                          transport: streams go through the server's SseEventSink instead, one event at a time: \
                        the first. Do this; the second. Do that""");
        assertThat(amended.findings()).hasSameSizeAs(report.findings());
        assertThat(report.with(List.of())).isEqualTo(report);
    }

    private static StartReport report(ServerFacts server) {
        return StartReport.of(new Facts(Settings.DEFAULTS, "sink", server, MACHINE));
    }

    private static Optional<Silence> silence(int seconds) {
        return Optional.of(new Silence(Duration.ofSeconds(seconds), "write-timeout"));
    }
}
