package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tidings.config.Settings;
import org.tidings.security.ListenAddress;
import org.tidings.security.OperatorGuard;
import org.tidings.security.PeerAddress;
import org.tidings.security.PublishGuard;

/** Makes, once each, what resources share. Singletons: lanes use the writers, also when CDI's contexts are gone. */
@ApplicationScoped
public class RestProducer {
    /** Only a server that is ours says where it listens; elsewhere the address is taken for a public one. */
    @Produces
    @Singleton
    PublishGuard guard(Settings settings, Instance<ListenAddress> address) {
        boolean loopback = address.isResolvable() && address.get().isLoopback();
        return new PublishGuard(settings.publish() == Settings.Publish.ANYONE, loopback);
    }

    /** Where nothing tells where the server listens or a request comes from, nobody is an operator. */
    @Produces
    @Singleton
    OperatorGuard operators(Instance<ListenAddress> address, Instance<PeerAddress> peer) {
        if (address.isResolvable()) {
            boolean loopback = address.get().isLoopback();
            return new OperatorGuard(() -> loopback);
        }
        return peer.isResolvable() ? new OperatorGuard(peer.get()::isLoopback) : new OperatorGuard(() -> false);
    }

    /** The threads that may block on clients. */
    @Produces
    @Singleton
    SinkWriters writers() {
        return new SinkWriters();
    }
}
