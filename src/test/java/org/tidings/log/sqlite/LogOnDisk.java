package org.tidings.log.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;

/** A log in a directory of its own, and a look into its file. */
@Timeout(60)
abstract class LogOnDisk {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    static final PageLimit WIDE = new PageLimit(1_000, ByteSize.mebi(16));
    static final Retention PLENTY = new Retention(Duration.ofDays(1), 1_000_000, ByteSize.mebi(512));

    @TempDir
    Path directory;

    SqliteEventLog log;

    @BeforeEach
    void open() {
        open(PLENTY);
    }

    @AfterEach
    void close() {
        log.close();
    }

    void open(Retention retention) {
        log = SqliteEventLog.open(directory, Durability.OS, retention);
    }

    void reopen(Retention retention) {
        log.close();
        open(retention);
    }

    /** A directory with copies of some of the log's files. */
    Path copy(String... names) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        for (String name : names) {
            Files.copy(directory.resolve(name), copy.resolve(name));
        }
        return copy;
    }

    Event append(String topic, String data) {
        return append(topic, data, NOON);
    }

    Event append(String topic, String data, Instant time) {
        return log.append(List.of(Publication.of(topic, data)), time).get(0);
    }

    Event end(String topic) {
        return log.append(List.of(Publication.of(topic, EventLog.END.value(), "")), NOON)
                .get(0);
    }

    /** Appends events with the data "from" and so on. */
    void append(String topic, int from, int to) {
        for (int i = from; i <= to; i++) {
            append(topic, Integer.toString(i));
        }
    }

    /** All that the log has behind an offset. */
    List<String> data(long after, String... topics) {
        return data(log, after, topics);
    }

    static List<String> data(EventLog log, long after, String... topics) {
        var data = new ArrayList<String>();
        long through = after;
        Page page;
        do {
            page = log.read(through, topics(topics), WIDE);
            page.events().forEach(event -> data.add(event.data()));
            through = page.through();
        } while (through < page.end());
        return data;
    }

    static TopicSelector topics(String... matchers) {
        return TopicSelector.parse(List.of(matchers));
    }

    /** Retains until there is nothing more to do. */
    void retain(Instant now) {
        while (log.retain(now)) {
            // Each call takes a short time.
        }
    }

    /** Ages in pairs: a matcher and its age; the default last. */
    static Retention ages(Duration byDefault, Object... pairs) {
        var ages = new ArrayList<Retention.TopicAge>();
        for (int i = 0; i < pairs.length; i += 2) {
            ages.add(new Retention.TopicAge(new TopicMatcher((String) pairs[i]), (Duration) pairs[i + 1]));
        }
        return new Retention(byDefault, 1_000_000, ByteSize.mebi(512), ages);
    }

    /** Another program's connection to the log's file. */
    Connection connect() throws SQLException {
        return connect(directory);
    }

    static Connection connect(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(LogFile.NAME));
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void sql(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statements);
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static List<String> numbers(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).toList();
    }
}
