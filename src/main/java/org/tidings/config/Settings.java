package org.tidings.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.tidings.hub.HubSettings;
import org.tidings.log.Retention;
import org.tidings.log.sqlite.Durability;

/**
 * All that can be set, checked. See {@link SettingsReader} for the keys.
 *
 * @param host the address on which the embedded server listens. A Jakarta EE server listens where it was told to
 *     elsewhere: there this says nothing
 * @param port the embedded server's port; 0 takes any that is free
 * @param tls how the embedded server speaks TLS; empty: it speaks plain HTTP
 * @param acceptRate how many new connections a second the embedded server accepts at the most
 * @param drain how long the embedded server lets running requests end when it stops
 * @param hub how the hub treats its connections
 * @param log which log keeps the events, and how
 * @param demo where the demo is on
 * @param publish who may publish over HTTP
 */
public record Settings(
        String host,
        int port,
        Optional<Tls> tls,
        int acceptRate,
        Duration drain,
        HubSettings hub,
        Log log,
        Demo demo,
        Publish publish) {
    /**
     * 127.0.0.1:8080, plain HTTP, five hundred connections a second for each processor, 10 s, the log on disk below the
     * working directory, the demo and publishing on loopback only; the rest as its owners say.
     */
    public static final Settings DEFAULTS = new Settings(
            "127.0.0.1",
            8080,
            Optional.empty(),
            500 * Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(10),
            HubSettings.DEFAULTS,
            new Log(LogEngine.SQLITE, Path.of("tidings-data"), Durability.FSYNC, Retention.DEFAULTS),
            Demo.LOOPBACK,
            Publish.LOOPBACK);

    /**
     * How the embedded server speaks TLS.
     *
     * @param context with its key and certificate
     * @param http2 whether it offers HTTP/2 beside HTTP/1.1
     */
    public record Tls(SSLContext context, boolean http2) {}

    /**
     * Which log keeps the events, and how.
     *
     * @param directory where the engine keeps its files, if it has any
     * @param durability what a receipt means, if the engine keeps files
     * @param retention how much is kept
     */
    public record Log(LogEngine engine, Path directory, Durability durability, Retention retention) {}

    /** Which log keeps the events. */
    public enum LogEngine {
        /** Keeps them in a file. */
        SQLITE,
        /** Forgets them when the process ends. */
        MEMORY
    }

    /** Where the demo is on. */
    public enum Demo {
        /** Only while the server listens on loopback. */
        LOOPBACK,
        /** Everywhere. */
        ON,
        /** Nowhere. */
        OFF
    }

    /** Who may publish over HTTP. */
    public enum Publish {
        /** Anyone, while the server listens on loopback; elsewhere no one. */
        LOOPBACK,
        /** Anyone who reaches the server. */
        ANYONE
    }
}
