package org.tidings.server;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import org.tidings.config.Settings;
import org.tidings.security.ListenAddress;

/** What only the embedded server knows, as beans: the settings it was started with, and where it listens. */
final class EmbeddedBeans implements Extension {
    private final Settings settings;

    EmbeddedBeans(Settings settings) {
        this.settings = settings;
    }

    void add(@Observes AfterBeanDiscovery beans) {
        beans.addBean()
                .addTransitiveTypeClosure(Settings.class)
                .scope(Singleton.class)
                .alternative(true)
                .priority(1)
                .createWith(context -> settings);
        beans.addBean()
                .addTransitiveTypeClosure(ListenAddress.class)
                .scope(Singleton.class)
                .createWith(context -> new ListenAddress(settings.host()));
    }
}
