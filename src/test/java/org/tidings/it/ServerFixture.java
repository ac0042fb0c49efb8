package org.tidings.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;
import org.tidings.testkit.HubClient;

/**
 * The embedded server on a free port, for all tests of a class: each uses topics of its own. For what only the embedded
 * server promises, or what is looked at from inside; how what every runtime does is tested,
 * {@link org.tidings.arquillian} tells.
 */
final class ServerFixture extends HubClient implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> settings;
    private final Class<?>[] application;
    private TidingsServer server;

    /**
     * @param settings by key; the port is any that is free
     * @param application classes of an application beside Tidings
     */
    ServerFixture(Map<String, String> settings, Class<?>... application) {
        this.application = application;
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent("tidings.port", "0");
        // Nothing here is slow to end.
        this.settings.putIfAbsent("tidings.drain", "1s");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path all = Files.createDirectories(Path.of("target", "it"));
        Path folder = Files.createTempDirectory(all, "server-").toAbsolutePath();
        settings.putIfAbsent("tidings.log.engine", "sqlite");
        settings.putIfAbsent("tidings.log.directory", folder.resolve("log").toString());
        server = BeanArchive.of(folder, application).onClassPath(() -> TidingsServer.start(settings));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }

    TidingsServer server() {
        return server;
    }

    @Override
    protected URI address() {
        return server.address();
    }
}
