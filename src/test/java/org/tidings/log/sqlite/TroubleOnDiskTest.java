package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.log.Retention;

/** What fails from outside: other programs, lost files. */
class TroubleOnDiskTest extends LogOnDisk {
    @Test
    void anAppendFailsWhileAnotherProgramWritesAndGoesOnAfterwards() throws Exception {
        append("a", 1, 2);
        try (Connection other = connect()) {
            execute(other, "BEGIN IMMEDIATE");
            assertThatThrownBy(() -> append("b", "x"))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("another process has locked");
            assertThat(log.end()).isEqualTo(2);
            assertThat(data(0, "**")).containsExactly("1", "2");
            execute(other, "ROLLBACK");
        }

        assertThat(append("b", "3").id().offset()).isEqualTo(3);
        assertThat(data(0, "**")).containsExactly("1", "2", "3");
    }

    /** What a disk can do: it takes a transaction and fails to say so. */
    @Test
    void aTransactionThatFailedButIsThereIsUndone() throws Exception {
        reopen(new Retention(Duration.ofDays(1), 3, PLENTY.size()));
        end("e");
        append("a", 2, 3);
        try (Connection other = connect()) {
            execute(other, "BEGIN IMMEDIATE");
            assertThatThrownBy(() -> append("new", "x")).isInstanceOf(EventLogException.class);
            execute(
                    other,
                    "INSERT INTO topic (id, name) VALUES (4, 'new')",
                    "INSERT INTO event (position, topic, time, data) VALUES (4, 4, 0, 'x')",
                    "DELETE FROM event WHERE position = 1",
                    "DELETE FROM topic WHERE id = 1",
                    "UPDATE log SET trimmed = 1",
                    "COMMIT");
        }

        assertThat(data(0, "**")).as("what will be undone is not given out").containsExactly("2", "3");
        assertThat(data(0, "new")).isEmpty();
        assertThat(append("newer", "4").id().offset()).isEqualTo(4);
        assertThat(log.trimmed(topics("**"))).isEqualTo(1);
        assertThat(log.endOf(new TopicName("e"))).isEmpty();
        assertThat(data(0, "**")).containsExactly("2", "3", "4");
        assertThat(number("SELECT count(*) FROM topic")).isEqualTo(2);
        assertThat(log.read(0, topics("newer"), WIDE).events())
                .extracting(event -> event.topic().value())
                .containsExactly("newer");
        append("new", "5");
        assertThat(data(0, "**")).containsExactly("3", "4", "5");
    }

    @Test
    void aFileThatIsMovedAwayAndBackHasLostNothing() throws Exception {
        append("a", 1, 2);
        Path file = directory.resolve(LogFile.NAME);
        Path away = directory.resolve("away");
        Files.move(file, away);

        assertThatThrownBy(() -> log.retain(NOON)).hasMessageContaining("moved or replaced");
        assertThatThrownBy(() -> append("a", "x")).hasMessageContaining("moved or replaced");
        assertThatThrownBy(() -> data(0, "a")).hasMessageContaining("moved or replaced");
        assertThat(file).doesNotExist();

        Files.move(away, file);
        append("a", 3, 3);
        assertThat(data(0, "a")).containsExactly("1", "2", "3");
    }

    @Test
    void anotherLogInItsPlaceIsNeitherReadNorWritten() throws Exception {
        Path elsewhere = Files.createTempDirectory(directory, "elsewhere");
        try (var other = SqliteEventLog.open(elsewhere, Durability.OS, PLENTY)) {
            other.append(List.of(Publication.of("a", "theirs")), NOON);
        }
        append("a", 1, 2);
        Path file = directory.resolve(LogFile.NAME);
        Files.move(file, directory.resolve("away"));
        Files.copy(elsewhere.resolve(LogFile.NAME), file);

        assertThatThrownBy(() -> data(0, "a")).hasMessageContaining("moved or replaced");
        assertThatThrownBy(() -> log.retain(NOON)).hasMessageContaining("moved or replaced");
        assertThatThrownBy(() -> append("a", "x")).hasMessageContaining("moved or replaced");
    }
}
