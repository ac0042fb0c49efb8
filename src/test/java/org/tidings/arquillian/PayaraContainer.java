package org.tidings.arquillian;

import java.util.List;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;

/** What Payara Micro and Payara Server have in common: their configuration, whose parts go by the same names. */
abstract class PayaraContainer extends ProcessContainer {
    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener.";

    private final List<String> listeners;

    /** @param listeners for HTTP, and for HTTP over TLS */
    PayaraContainer(String... listeners) {
        this.listeners = List.of(listeners);
    }

    /** A listener has threads of its own from when it begins until it ends; its connections end with it. */
    final void renewThreads() throws DeploymentException {
        for (String listener : listeners) {
            set(LISTENER + listener + ".enabled=false");
            set(LISTENER + listener + ".enabled=true");
        }
    }

    /** Changes the running server's configuration: {@code NAME=VALUE}. */
    abstract void set(String setting) throws DeploymentException;
}
