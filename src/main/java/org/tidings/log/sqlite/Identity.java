package org.tidings.log.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.tidings.log.Epochs;

/**
 * Whether a file is still the log that gave its ids out. If it may have lost its end it is not: the ids of lost events
 * would be given to others, and a client that had heard of the lost ones would miss those in silence. Then it gets a
 * new epoch, and every client is told of a gap.
 *
 * <p>While a log is open, {@code log.opened} says how. Found in a file that is being opened, it means that the log was
 * not closed. That is harmless as long as the write-ahead log is there too (the process was killed), unless the disk
 * had not been waited for and the machine was started again since.
 */
final class Identity {
    private static final System.Logger LOG = System.getLogger(Identity.class.getName());

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private Identity() {}

    /** Marks the file as open and returns its epoch, a new one where that is needed. */
    static String open(Connection connection, LogFile file, Durability durability, boolean hadWriteAheadLog)
            throws SQLException {
        String epoch;
        Optional<String> opened;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT epoch, opened FROM log")) {
            boolean isNew = !row.next();
            epoch = isNew ? "" : row.getString(1);
            opened = isNew ? Optional.empty() : Optional.ofNullable(row.getString(2));
        }
        if (epoch.isEmpty()) {
            String first = Epochs.random();
            mark(connection, "INSERT INTO log (epoch, opened) VALUES (?, ?)", first, durability);
            return first;
        }
        Optional<String> loss = opened.flatMap(mark -> loss(mark, hadWriteAheadLog));
        String kept = loss.isPresent() ? Epochs.random() : epoch;
        loss.ifPresent(reason -> LOG.log(
                System.Logger.Level.WARNING,
                "{0}: the newest events may be missing, because {1}. The log has a new epoch; clients that come back"
                        + " are told, and begin with the oldest event.",
                file.path(),
                reason));
        mark(connection, "UPDATE log SET epoch = ?, opened = ?", kept, durability);
        return kept;
    }

    static void close(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE log SET opened = NULL");
            connection.commit();
        }
    }

    private static Optional<String> loss(String mark, boolean hadWriteAheadLog) {
        if (!hadWriteAheadLog) {
            return Optional.of("it is a copy, or its -wal file was removed");
        }
        boolean rebooted = mark.startsWith(Durability.OS.name()) && !mark.equals(mark(Durability.OS));
        return rebooted
                ? Optional.of("the machine stopped before the disk had them (tidings.log.durability=os)")
                : Optional.empty();
    }

    private static String mark(Durability durability) {
        return durability == Durability.OS ? durability.name() + ' ' + boot() : durability.name();
    }

    /** Names this run of the machine; elsewhere than on Linux each answer is another, which is on the safe side. */
    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "This machine does not name its runs", e);
            return Epochs.random();
        }
    }

    /** Into the main file at once: a copy of that one alone must have the mark. */
    private static void mark(Connection connection, String sql, String epoch, Durability durability)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                Statement checkpoint = connection.createStatement()) {
            statement.setString(1, epoch);
            statement.setString(2, mark(durability));
            statement.executeUpdate();
            connection.commit();
            checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
