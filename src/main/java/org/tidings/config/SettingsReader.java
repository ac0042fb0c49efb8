package org.tidings.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * Reads the {@code tidings.*} keys of MicroProfile Config. In the environment {@code tidings.send-queue} is
 * {@code TIDINGS_SEND_QUEUE}.
 */
public final class SettingsReader {
    static final Set<String> KEYS = Set.of(
            "tidings.host",
            "tidings.port",
            TlsReading.KEYSTORE,
            TlsReading.PASSWORD,
            TlsReading.HTTP2,
            "tidings.accept-rate",
            "tidings.drain",
            LogReading.ENGINE,
            LogReading.DIRECTORY,
            LogReading.DURABILITY,
            "tidings.retention.age",
            "tidings.retention.events",
            "tidings.retention.bytes",
            "tidings.lanes",
            "tidings.heartbeat",
            "tidings.send-queue",
            "tidings.stall-limit",
            "tidings.lifetime",
            "tidings.reconnect",
            "tidings.window",
            "tidings.demo",
            "tidings.publish");
    private static final String ALL_KEYS = String.join(", ", new TreeSet<>(KEYS)) + ", " + TopicRules.OVERFLOW.form()
            + ", " + TopicRules.RETENTION.form();

    private static final Settings DEFAULTS = Settings.DEFAULTS;
    private static final Duration MAX_DRAIN = Duration.ofMinutes(10);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_ACCEPT_RATE = 1_000_000;

    private SettingsReader() {}

    /** @throws SettingsException naming all that is wrong, unknown {@code tidings.} keys among it */
    public static Settings read(Config config) {
        var reading = new Reading(config);
        refuseUnknownKeys(reading);
        var settings = new Settings(
                reading.value("tidings.host", DEFAULTS.host(), "an address or a name", Optional::of),
                reading.value(
                        "tidings.port",
                        DEFAULTS.port(),
                        "0, which takes any that is free, to " + MAX_PORT,
                        text -> Texts.number(text).filter(port -> port <= MAX_PORT)),
                new TlsReading(reading).tls(),
                reading.value(
                        "tidings.accept-rate",
                        DEFAULTS.acceptRate(),
                        "1 to " + MAX_ACCEPT_RATE + " connections a second",
                        text -> Texts.number(text).filter(rate -> rate >= 1 && rate <= MAX_ACCEPT_RATE)),
                reading.value("tidings.drain", DEFAULTS.drain(), "from 0s to 10m", text -> Texts.duration(text)
                        .filter(time -> time.compareTo(MAX_DRAIN) <= 0)),
                new HubReading(reading).settings(),
                new LogReading(reading).log(),
                reading.constant("tidings.demo", DEFAULTS.demo()),
                reading.constant("tidings.publish", DEFAULTS.publish()));
        reading.finish();
        return settings;
    }

    private static void refuseUnknownKeys(Reading reading) {
        Set<String> names = reading.names();
        for (String name : names) {
            boolean known = KEYS.contains(name) || TopicRules.OVERFLOW.isKey(name) || TopicRules.RETENTION.isKey(name);
            if (name.startsWith("tidings.") && !known && !names.contains(variable(name))) {
                reading.unknown(name, ALL_KEYS);
            }
        }
    }

    /**
     * How the environment writes a key. A name that is there in this form as well was guessed from it by the
     * implementation, and may be anybody's: for a service that is called tidings, Kubernetes sets
     * {@code TIDINGS_SERVICE_HOST}.
     */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
