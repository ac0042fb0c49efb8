package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.EventLogException;

/** Which files are taken, and what becomes of older ones. */
class SchemaTest extends LogOnDisk {
    @Test
    void aFileOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
        append("a", 1, 3);
        log.close();
        sql("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(directory.resolve(LogFile.NAME));

        assertThatThrownBy(this::open)
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("newer version of Tidings");

        assertThat(Files.readAllBytes(directory.resolve(LogFile.NAME))).isEqualTo(before);
    }

    @Test
    void anotherProgramsFileIsRefusedAndLeftAlone() throws Exception {
        Path other = Files.createTempDirectory(directory, "other");
        try (Connection connection = connect(other)) {
            execute(connection, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)");
        }
        byte[] before = Files.readAllBytes(other.resolve(LogFile.NAME));

        assertThatThrownBy(() -> SqliteEventLog.open(other, Durability.OS, PLENTY))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("another program");

        assertThat(Files.readAllBytes(other.resolve(LogFile.NAME))).isEqualTo(before);
        assertThat(names(other)).containsExactly(LogFile.NAME, LogFile.LOCK);
    }

    @Test
    void whatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
        Path other = Files.createTempDirectory(directory, "other");
        Files.writeString(other.resolve(LogFile.NAME), "a letter to somebody ".repeat(100));

        assertThatThrownBy(() -> SqliteEventLog.open(other, Durability.OS, PLENTY))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("damaged");

        assertThat(Files.readString(other.resolve(LogFile.NAME))).startsWith("a letter");
    }

    @Test
    void aRefusedLogCanBeOpenedOnceItsFileIsRight() throws Exception {
        log.close();
        sql("PRAGMA user_version = 99");
        assertThatThrownBy(this::open).isInstanceOf(EventLogException.class);
        sql("PRAGMA user_version = 1");

        open();

        append("a", 1, 1);
    }

    @Test
    void anOlderFileGetsTheNextStepsAndKeepsItsEvents() throws Exception {
        append("a", 1, 3);
        log.close();

        prepare(next("ALTER TABLE event ADD COLUMN colour TEXT"));

        assertThat(number("PRAGMA user_version")).isEqualTo(2);
        assertThat(number("SELECT count(*) FROM event WHERE colour IS NULL")).isEqualTo(3);
    }

    @Test
    void aStepThatFailsLeavesTheOlderFileAsItWas() throws Exception {
        append("a", 1, 3);
        log.close();

        assertThatThrownBy(() -> prepare(next(
                        "ALTER TABLE event ADD COLUMN colour TEXT",
                        "PRAGMA user_version = 2",
                        "DELETE FROM event",
                        "CREATE TABLE event (x)")))
                .isInstanceOf(SQLException.class);

        assertThat(number("PRAGMA user_version")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM pragma_table_info('event') WHERE name = 'colour'"))
                .isZero();
        open();
        assertThat(data(0, "a")).containsExactly("1", "2", "3");
    }

    private static List<List<String>> next(String... step) {
        var steps = new ArrayList<>(Schema.STEPS);
        steps.add(List.of(step));
        return steps;
    }

    private void prepare(List<List<String>> steps) throws SQLException {
        try (LogFile file = LogFile.claim(directory);
                Connection connection = file.writer(Durability.OS)) {
            Schema.prepare(connection, steps);
        }
    }
}
