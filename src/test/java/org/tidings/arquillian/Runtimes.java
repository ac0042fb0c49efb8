package org.tidings.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;
import org.tidings.testkit.Ports;

/** Tells Arquillian what is here; named in {@code META-INF/services}. */
public final class Runtimes implements LoadableExtension {
    /** For {@code arquillian.xml}: a new folder for what a server writes, its output, its log and its data. */
    static final String FOLDER = "it.folder";

    static final String HTTP_PORT = "it.port.http";

    static final String HTTPS_PORT = "it.port.https";

    static final String MANAGEMENT_PORT = "it.port.management";

    /** For {@code arquillian.xml}: ports that are free, for what cannot be told to take any. */
    private static final List<String> PORTS = List.of(HTTP_PORT, HTTPS_PORT, MANAGEMENT_PORT);

    private static final String EMBEDDED = "embedded";
    private static final String LAUNCHED = System.getProperty("arquillian.launch", EMBEDDED);

    /** Whether this run is on the embedded server. */
    public static boolean isEmbedded() {
        return LAUNCHED.equals(EMBEDDED);
    }

    @Override
    public void register(ExtensionBuilder builder) {
        try {
            System.setProperty(FOLDER, folder().toString());
            setPorts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        builder.service(ResourceProvider.class, HubClientProvider.class)
                .service(ResourceProvider.class, JakartaServerProvider.class);
        // There may be one only: that of WildFly brings itself.
        switch (LAUNCHED) {
            case EMBEDDED -> builder.service(DeployableContainer.class, EmbeddedContainer.class);
            case "payara" -> builder.service(DeployableContainer.class, PayaraMicroContainer.class);
            case "payara-server" -> builder.service(DeployableContainer.class, PayaraServerContainer.class);
            case "liberty" -> builder.service(DeployableContainer.class, LibertyContainer.class);
            default -> {}
        }
    }

    private static Path folder() throws IOException {
        Path all = Files.createDirectories(Path.of("target", "it"));
        return Files.createTempDirectory(all, LAUNCHED + "-").toAbsolutePath();
    }

    private static void setPorts() throws IOException {
        Iterator<Integer> free = Ports.free(PORTS.size()).iterator();
        for (String port : PORTS) {
            System.setProperty(port, free.next().toString());
        }
    }
}
