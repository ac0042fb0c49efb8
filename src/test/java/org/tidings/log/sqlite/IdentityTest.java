package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** When a file is still the log that gave its ids out. */
class IdentityTest extends LogOnDisk {
    private static final String WAL = LogFile.NAME + "-wal";

    @Test
    void aLogThatWasClosedKeepsItsEpoch() {
        String epoch = log.epoch();
        append("a", 1, 3);

        reopen(PLENTY);

        assertThat(log.epoch()).isEqualTo(epoch);
        assertThat(data(0, "a")).containsExactly("1", "2", "3");
    }

    @Test
    void aKilledProcessLeavesALogWithItsEpoch() throws Exception {
        append("a", 1, 3);
        Path copy = copy(LogFile.NAME, WAL);

        try (var other = SqliteEventLog.open(copy, Durability.OS, PLENTY)) {
            assertThat(other.epoch()).isEqualTo(log.epoch());
            assertThat(data(other, 0, "a")).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aNewLogsFileWithoutItsWriteAheadLogIsAnotherLog() throws Exception {
        append("a", 1, 3);
        Path copy = copy(LogFile.NAME);

        try (var other = SqliteEventLog.open(copy, Durability.FSYNC, PLENTY)) {
            assertThat(other.epoch()).isNotEqualTo(log.epoch());
        }
    }

    /** The file was closed in good order once; what came since is in the write-ahead log alone. */
    @Test
    void aFileThatLostItsWriteAheadLogIsAnotherLogAlthoughItWasClosedBefore() throws Exception {
        append("a", 1, 3);
        reopen(PLENTY);
        append("a", 4, 5);
        Path copy = copy(LogFile.NAME);

        try (var other = SqliteEventLog.open(copy, Durability.FSYNC, PLENTY)) {
            assertThat(other.epoch()).isNotEqualTo(log.epoch());
            assertThat(data(other, 0, "a")).startsWith("1", "2", "3");
        }
    }

    @Test
    void aCopyBySqliteIsAnotherLogWithAllEvents() throws Exception {
        append("a", 1, 3);
        Path copy = Files.createTempDirectory(directory, "copy");
        sql("VACUUM INTO '" + copy.resolve(LogFile.NAME) + "'");

        try (var other = SqliteEventLog.open(copy, Durability.FSYNC, PLENTY)) {
            assertThat(other.epoch()).isNotEqualTo(log.epoch());
            assertThat(data(other, 0, "a")).containsExactly("1", "2", "3");
            assertThat(other.end()).isEqualTo(3);
        }
    }

    @Test
    void eventsThatTheDiskMayNotHaveHadWhenTheMachineStoppedMakeAnotherLog() throws Exception {
        append("a", 1, 3);
        sql("UPDATE log SET opened = 'OS of-another-run'");
        Path copy = copy(LogFile.NAME, WAL);

        try (var other = SqliteEventLog.open(copy, Durability.OS, PLENTY)) {
            assertThat(other.epoch()).isNotEqualTo(log.epoch());
            assertThat(data(other, 0, "a")).containsExactly("1", "2", "3");
        }
    }

    @Test
    void eventsThatTheDiskHadKeepTheirLogWheneverTheMachineStopped() throws Exception {
        append("a", 1, 3);
        sql("UPDATE log SET opened = 'FSYNC'");
        Path copy = copy(LogFile.NAME, WAL);

        try (var other = SqliteEventLog.open(copy, Durability.OS, PLENTY)) {
            assertThat(other.epoch()).isEqualTo(log.epoch());
        }
    }

    @Test
    void aNewEpochStays() throws Exception {
        append("a", 1, 3);
        Path copy = copy(LogFile.NAME);
        String epoch;
        try (var other = SqliteEventLog.open(copy, Durability.OS, PLENTY)) {
            epoch = other.epoch();
        }

        try (var again = SqliteEventLog.open(copy, Durability.OS, PLENTY)) {
            assertThat(again.epoch()).isEqualTo(epoch);
        }
    }
}
