package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tidings.config.Settings;
import org.tidings.security.ListenAddress;
import org.tidings.security.PublishGuard;

/** Makes the guard, once. */
@ApplicationScoped
public class PublishGuardProducer {
    /** Only a server that is ours says where it listens; elsewhere the address is taken for a public one. */
    @Produces
    @Singleton
    PublishGuard guard(Settings settings, Instance<ListenAddress> address) {
        boolean loopback = address.isResolvable() && address.get().isLoopback();
        return new PublishGuard(settings.publish() == Settings.Publish.ANYONE, loopback);
    }
}
