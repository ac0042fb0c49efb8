package org.tidings.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.tidings.config.Settings;
import org.tidings.config.SettingsReader;
import org.tidings.hub.EventHub;
import org.tidings.hub.SystemHubScheduler;
import org.tidings.log.EventLog;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.sqlite.SqliteEventLog;

/**
 * Makes the settings, the log and the hub, once each. The hub starts with the application, not with the first request:
 * a wrong setting or a log that cannot be opened stops the start, and is no surprise later.
 */
@ApplicationScoped
public class HubProducer {
    /** From MicroProfile Config. A server that has read it already puts its own in the place of this. */
    @Produces
    @Singleton
    Settings settings() {
        return SettingsReader.read(ConfigProvider.getConfig());
    }

    /** Closed by the hub. */
    @Produces
    @Singleton
    EventLog log(Settings settings) {
        Settings.Log log = settings.log();
        return switch (log.engine()) {
            case SQLITE -> SqliteEventLog.open(log.directory(), log.durability(), log.retention());
            case MEMORY -> InMemoryEventLog.open(log.retention());
        };
    }

    @Produces
    @Singleton
    EventHub hub(EventLog log, Settings settings, LifecycleEvents listener) {
        return EventHub.start(log, settings.hub(), SystemHubScheduler.create(), listener);
    }

    /** That the hub is injected here is what starts it. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object application, EventHub hub) {
        if (!hub.isRunning()) {
            throw new IllegalStateException("the hub was stopped before the application had started");
        }
    }

    /** While the beans that observe {@code SubscriberDisconnected} are still there. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application, EventHub hub, Settings settings) {
        hub.close(settings.drain());
    }

    /** When the start failed half-way, the application was never there and nothing else stops the hub. */
    void close(@Disposes EventHub hub, Settings settings) {
        hub.close(settings.drain());
    }
}
