package org.tidings.arquillian;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;

/**
 * The embedded server in this process, for Arquillian. What {@link TidingsWar} unites is here apart: Tidings is on the
 * tests' class path, and the application beside it is put there. Each deployment is a server of its own.
 */
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

    /** Unused: all tests are clients. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    /** Starts the server, on a free port and with an empty log. */
    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            Path folder = Files.createTempDirectory(Path.of(System.getProperty(Runtimes.FOLDER)), "server");
            var settings = Map.of(
                    "tidings.port", "0",
                    "tidings.drain", "1s",
                    "tidings.log.engine", "sqlite",
                    "tidings.log.directory", folder.resolve("log").toString());
            server = application(archive, folder).onClassPath(() -> TidingsServer.start(settings));
        } catch (IOException e) {
            throw new DeploymentException("The application cannot be put on the class path", e);
        }
        URI address = server.address();
        return new ProtocolMetaData()
                .addContext(new HTTPContext(address.getHost(), address.getPort()).add(new Servlet("everything", "/")));
    }

    private static BeanArchive application(Archive<?> archive, Path folder) throws IOException {
        if (!archive.contains(TidingsWar.APPLICATION)) {
            return BeanArchive.of(folder);
        }
        Path jar = folder.resolve("application.jar");
        try (InputStream bytes = archive.get(TidingsWar.APPLICATION).getAsset().openStream()) {
            Files.copy(bytes, jar);
        }
        return BeanArchive.at(jar);
    }

    @Override
    public void undeploy(Archive<?> archive) {
        server.close();
    }
}
