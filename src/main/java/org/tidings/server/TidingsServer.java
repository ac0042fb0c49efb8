package org.tidings.server;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.tidings.api.EventLogException;
import org.tidings.config.Settings;
import org.tidings.config.SettingsReader;
import org.tidings.hub.EventHub;
import org.tidings.rest.StartReporter;
import org.tidings.server.transport.GrizzlyTransport;

/**
 * Tidings in this process: the CDI container, the hub in it, and every JAX-RS application that the container knows,
 * served over HTTP beside the static files.
 *
 * <p>Beans and applications are found in every archive of the class path that has a {@code META-INF/beans.xml}; a class
 * with {@code @Path}, {@code @Provider} or {@code @ApplicationPath} is a bean there, as in a Jakarta EE server.
 */
public final class TidingsServer implements AutoCloseable {
    private final Settings settings;
    private final WeldContainer container;
    private final GrizzlyTransport streams;
    private final HttpListener http;

    private TidingsServer(Settings settings, WeldContainer container, GrizzlyTransport streams, HttpListener http) {
        this.settings = settings;
        this.container = container;
        this.streams = streams;
        this.http = http;
    }

    /**
     * Starts a server. When this returns, it takes requests.
     *
     * @param overrides settings by key, before those of the system properties, the environment and the files
     * @throws org.tidings.config.SettingsException if a setting is wrong; nothing was started
     * @throws StartException if the log, an application or the listener cannot be started, or if there is a CDI
     *     container in this process; what was started was stopped again
     */
    public static TidingsServer start(Map<String, String> overrides) {
        Settings settings = SettingsReader.read(config(overrides));
        refuseCompany();
        WeldContainer container = initialize(weld(settings));
        GrizzlyTransport streams = GrizzlyTransport.start(settings.hub());
        try {
            var http = HttpListener.start(settings, streams, Applications.of(container, streams));
            container.select(StartReporter.class).get().tell(GrizzlyTransport.NAME, EmbeddedFacts.of(settings));
            return new TidingsServer(settings, container, streams, http);
        } catch (RuntimeException e) {
            container.select(EventHub.class).get().close();
            streams.close();
            container.shutdown();
            throw e;
        }
    }

    /** Where it listens, with the port that was taken: {@code http://127.0.0.1:8080/}. */
    public URI address() {
        return http.address();
    }

    /** The bean of a type. */
    public <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    /**
     * Stops: the hub first, which says farewell to each stream, then HTTP, which lets running requests end, then the
     * beans. {@code tidings.drain} bounds each step: the log takes what waits, clients take what is queued, requests
     * end. A second call does nothing.
     */
    @Override
    public void close() {
        if (!container.isRunning()) {
            return;
        }
        bean(EventHub.class).close(settings.drain());
        http.stop(settings.drain());
        streams.close();
        container.shutdown();
    }

    /** Jersey and others ask {@code CDI.current()} for their container, which cannot tell one from the other. */
    private static void refuseCompany() {
        if (!WeldContainer.getRunningContainerIds().isEmpty()) {
            throw new StartException("There is a CDI container in this process already, and Tidings needs to be the"
                    + " only one: close it first.");
        }
    }

    private static WeldContainer initialize(Weld weld) {
        try {
            return weld.initialize();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof EventLogException failure) {
                    throw new StartException("Tidings cannot start: " + failure.getMessage() + ".", e);
                }
            }
            throw e;
        }
    }

    private static Config config(Map<String, String> overrides) {
        return ConfigProviderResolver.instance()
                .getBuilder()
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withSources(new Overrides(overrides))
                .build();
    }

    @SuppressWarnings("unchecked") // an array of annotation types, for the varargs
    private static Weld weld(Settings settings) {
        return new Weld()
                .addBeanDefiningAnnotations(ApplicationPath.class, Path.class, Provider.class)
                .addExtension(new EmbeddedBeans(settings))
                .skipShutdownHook(); // Main has one that stops in the right order
    }
}
