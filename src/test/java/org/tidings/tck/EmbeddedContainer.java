package org.tidings.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;

/** The embedded server, for Arquillian. It has {@link TckApplications} from its start: nothing is left to deploy. */
final class EmbeddedContainer implements DeployableContainer<EmbeddedContainer.Configuration> {
    private TidingsServer server;

    /** There is nothing to set. */
    static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {}
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    /** Starts the server on a free port, and tells the TCK where that is. */
    @Override
    public void start() throws LifecycleException {
        try {
            server = BeanArchive.of(Files.createTempDirectory("tidings-tck"), TckApplications.class)
                    .onClassPath(() -> TidingsServer.start(Map.of("tidings.port", "0", "tidings.drain", "1s")));
        } catch (IOException e) {
            throw new LifecycleException("The TCK's applications cannot be packed", e);
        }
        System.setProperty("webServerHost", server.address().getHost());
        System.setProperty("webServerPort", Integer.toString(server.address().getPort()));
    }

    @Override
    public void stop() {
        server.close();
    }

    /** Unused: all tests of the TCK run as clients. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) {
        return new ProtocolMetaData();
    }

    @Override
    public void undeploy(Archive<?> archive) {}
}
