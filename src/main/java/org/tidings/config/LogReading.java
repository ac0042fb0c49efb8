package org.tidings.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tidings.log.Retention;

/** Reads what the log is given. */
final class LogReading {
    static final String ENGINE = "tidings.log.engine";
    static final String DIRECTORY = "tidings.log.directory";
    static final String DURABILITY = "tidings.log.durability";

    private static final Settings.Log DEFAULTS = Settings.DEFAULTS.log();
    private static final String AGE = "a time above zero such as 24h";

    /** What Jakarta EE servers call the folder of their own data: WildFly, Payara. The log is in one of ours in it. */
    private static final List<String> SERVERS = List.of("jboss.server.data.dir", "com.sun.aas.instanceRoot");

    private static final String FOLDER = "tidings";

    private final Reading reading;

    LogReading(Reading reading) {
        this.reading = reading;
    }

    Settings.Log log() {
        Settings.LogEngine engine = reading.constant(ENGINE, DEFAULTS.engine());
        return new Settings.Log(
                engine,
                reading.value(DIRECTORY, directory(), "a folder", LogReading::path),
                reading.constant(DURABILITY, DEFAULTS.durability()),
                retention(engine));
    }

    private Path directory() {
        return SERVERS.stream()
                .flatMap(server -> reading.text(server).stream())
                .map(data -> Path.of(data, FOLDER))
                .findFirst()
                .orElse(DEFAULTS.directory());
    }

    private Retention retention(Settings.LogEngine engine) {
        Retention byDefault = DEFAULTS.retention();
        return new Retention(
                reading.value("tidings.retention.age", byDefault.age(), AGE, LogReading::age),
                reading.value(
                        "tidings.retention.events",
                        byDefault.events(),
                        "a number from 1 to 999999999",
                        text -> Texts.number(text).filter(number -> number > 0).map(Long::valueOf)),
                reading.value(
                        "tidings.retention.bytes",
                        byDefault.size(),
                        "a size above zero such as 1GiB",
                        text -> Texts.size(text).filter(size -> size.bytes() > 0)),
                ages(engine));
    }

    private List<Retention.TopicAge> ages(Settings.LogEngine engine) {
        boolean possible = engine == Settings.LogEngine.SQLITE;
        return TopicRules.RETENTION.read(
                reading,
                DEFAULTS.retention().age(),
                possible ? AGE : "only with " + ENGINE + "=sqlite",
                text -> possible ? age(text) : Optional.empty(),
                Retention.TopicAge::new);
    }

    private static Optional<Duration> age(String text) {
        return Texts.duration(text).filter(time -> !time.isZero());
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(text).filter(path -> !path.isEmpty()).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
