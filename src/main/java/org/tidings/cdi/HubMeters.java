package org.tidings.cdi;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;
import org.tidings.api.DisconnectReason;
import org.tidings.hub.EventHub;
import org.tidings.hub.Gap;
import org.tidings.hub.HubStatistics;

/**
 * The hub's numbers as meters for Prometheus, which appends {@code _total} to the counters; and the JVM's basic ones.
 */
@ApplicationScoped
public class HubMeters {
    @Produces
    @Singleton
    PrometheusMeterRegistry registry(EventHub hub) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        bind(hub.statistics(), registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    void close(@Disposes PrometheusMeterRegistry registry) {
        registry.close();
    }

    static void bind(HubStatistics hub, MeterRegistry registry) {
        gauge(hub, "tidings_connections", "Streams that are open now", HubStatistics::connections)
                .register(registry);
        gauge(hub, "tidings_queued_bytes", "What waits for slow clients", HubStatistics::queuedBytes)
                .register(registry);
        counter(hub, "tidings_connections_opened", "Streams opened", HubStatistics::opened)
                .register(registry);
        counter(hub, "tidings_events_published", "Events that the log took", HubStatistics::published)
                .register(registry);
        counter(hub, "tidings_log_failures", "Appends that the log refused", HubStatistics::logFailures)
                .register(registry);
        counter(hub, "tidings_events_delivered", "Events handed to connections", HubStatistics::delivered)
                .register(registry);
        counter(hub, "tidings_written_bytes", "Bytes handed to connections", HubStatistics::writtenBytes)
                .register(registry);
        counter(hub, "tidings_events_replayed", "Those handed to who was catching up", HubStatistics::replayed)
                .register(registry);
        counter(hub, "tidings_overflows", "How often a send queue was full", HubStatistics::overflows)
                .register(registry);
        counter(
                        hub,
                        "tidings_lanes_fell_behind",
                        "How often events came faster than a lane hands them out",
                        HubStatistics::fellBehind)
                .register(registry);
        for (DisconnectReason reason : DisconnectReason.values()) {
            counter(hub, "tidings_connections_closed", "Streams that ended", statistics -> statistics.closed(reason))
                    .tag("reason", reason.slug())
                    .register(registry);
        }
        for (Gap.Reason reason : Gap.Reason.values()) {
            counter(hub, "tidings_gaps", "Gaps that subscribers were told of", statistics -> statistics.gaps(reason))
                    .tag("reason", reason.slug())
                    .register(registry);
        }
    }

    private static Gauge.Builder<HubStatistics> gauge(
            HubStatistics hub, String name, String help, ToDoubleFunction<HubStatistics> number) {
        return Gauge.builder(name, hub, number).description(help);
    }

    private static FunctionCounter.Builder<HubStatistics> counter(
            HubStatistics hub, String name, String help, ToDoubleFunction<HubStatistics> number) {
        return FunctionCounter.builder(name, hub, number).description(help);
    }
}
