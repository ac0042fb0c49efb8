package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.hub.Gap;
import org.tidings.hub.HubListener;
import org.tidings.hub.HubSettings;
import org.tidings.hub.SystemHubScheduler;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;

class HubMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private EventHub hub;

    @BeforeEach
    void start() {
        var log = InMemoryEventLog.open(Retention.DEFAULTS);
        hub = EventHub.start(log, HubSettings.DEFAULTS, SystemHubScheduler.create(), HubListener.NONE);
        HubMeters.bind(hub.statistics(), registry);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void numbersAreReadWhenTheyAreAskedFor() {
        assertThat(samples()).contains("tidings_events_published_total 0.0");

        hub.publish(Publication.of("news", "hello")).join();

        assertThat(samples()).contains("tidings_events_published_total 1.0");
    }

    @Test
    void everyMeterHasItsNameAndEveryReasonItsTag() {
        Stream<String> plain = Stream.of(
                "tidings_connections",
                "tidings_queued_bytes",
                "tidings_connections_opened_total",
                "tidings_events_published_total",
                "tidings_log_failures_total",
                "tidings_events_delivered_total",
                "tidings_written_bytes_total",
                "tidings_events_replayed_total",
                "tidings_overflows_total",
                "tidings_lanes_fell_behind_total");
        Stream<String> closed = Stream.of(DisconnectReason.values())
                .map(reason -> "tidings_connections_closed_total{reason=\"" + reason.slug() + "\"}");
        Stream<String> gaps =
                Stream.of(Gap.Reason.values()).map(reason -> "tidings_gaps_total{reason=\"" + reason.slug() + "\"}");

        assertThat(samples().map(sample -> sample.substring(0, sample.lastIndexOf(' '))))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(plain, closed, gaps).flatMap(names -> names).toList());
    }

    private Stream<String> samples() {
        return registry.scrape().lines().filter(line -> !line.startsWith("#"));
    }
}
