package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Guarantee 1 of docs/protocol.md: no test cuts the power, so this looks at what SQLite is asked for. */
class DurabilityTest extends LogOnDisk {
    /** Two is FULL, which waits for the disk at each commit; one is NORMAL, which does not. */
    @ParameterizedTest
    @CsvSource({"FSYNC, 2", "OS, 1"})
    void eachCommitWaitsForTheDiskWhereTheReceiptSaysSo(Durability durability, int synchronous) throws Exception {
        reopen(durability);
        // Each connection has a setting of its own: the one that inserts has to say it.
        sql("CREATE TABLE seen (event INTEGER, synchronous INTEGER)", """
                CREATE TRIGGER look AFTER INSERT ON event
                BEGIN INSERT INTO seen SELECT NEW.position, synchronous FROM pragma_synchronous; END""");
        append("a", "1");
        loseTheConnection();
        append("a", "2");

        assertThat(number("SELECT synchronous FROM seen WHERE event = 1")).isEqualTo(synchronous);
        assertThat(number("SELECT synchronous FROM seen WHERE event = 2"))
                .as("by the connection that was opened after a failure")
                .isEqualTo(synchronous);
    }

    /** By that the next start knows what the file may have lost: see {@link IdentityTest}. */
    @ParameterizedTest
    @EnumSource
    void anOpenFileSaysWhatItsReceiptsMean(Durability durability) throws Exception {
        reopen(durability);

        assertThat(number("SELECT opened GLOB '" + durability + "*' FROM log")).isOne();
    }

    private void reopen(Durability durability) {
        log.close();
        log = SqliteEventLog.open(directory, durability, PLENTY);
    }

    private void loseTheConnection() throws Exception {
        Path file = directory.resolve(LogFile.NAME);
        Path away = directory.resolve("away");
        Files.move(file, away);
        assertThatThrownBy(() -> log.retain(NOON)).hasMessageContaining("moved or replaced");
        Files.move(away, file);
    }
}
