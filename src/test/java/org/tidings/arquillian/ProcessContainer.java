package org.tidings.arquillian;

import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;

/** A server in a process of its own, for Arquillian: one for all deployments. What differs is how it is spoken to. */
abstract class ProcessContainer implements DeployableContainer<ServerConfiguration> {
    static final int PATIENCE_MINUTES = 3;

    private ServerConfiguration configuration;

    @Override
    public final Class<ServerConfiguration> getConfigurationClass() {
        return ServerConfiguration.class;
    }

    @Override
    public final void setup(ServerConfiguration read) {
        configuration = read;
    }

    final ServerConfiguration configuration() {
        return configuration;
    }

    /** Unused: all tests are clients. */
    @Override
    public final ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    /** The context that an archive has by its name. */
    static String root(Archive<?> archive) {
        return archive.getName().replaceFirst("[.]war$", "");
    }

    /** Where its clients find an archive. */
    final ProtocolMetaData address(Archive<?> archive) {
        return new ProtocolMetaData()
                .addContext(new HTTPContext("127.0.0.1", configuration.port())
                        .add(new Servlet("any", '/' + root(archive))));
    }

    /** Waits until a process has ended that was asked to. */
    static void awaitEnd(Process process) throws LifecycleException {
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new LifecycleException("The server did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LifecycleException("The stop was interrupted", e);
        }
    }
}
