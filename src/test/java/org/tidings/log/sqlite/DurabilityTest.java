package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guarantee 1 of docs/protocol.md: no test cuts the power, so this looks at what SQLite is asked for. */
class DurabilityTest {
    /** Two is FULL, which waits for the disk at each commit; one is NORMAL, which does not. */
    @ParameterizedTest
    @CsvSource({"FSYNC, 2", "OS, 1"})
    void eachCommitWaitsForTheDiskWhereTheReceiptSaysSo(Durability durability, int synchronous, @TempDir Path directory)
            throws SQLException {
        try (LogFile file = LogFile.claim(directory);
                Connection writer = file.writer(durability);
                Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
            assertThat(row.getInt(1)).isEqualTo(synchronous);
        }
    }
}
