package org.tidings.log.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.tidings.api.EventLogException;

/**
 * The tables, and how a file of an older version gets them. {@code PRAGMA user_version} is the version, {@code PRAGMA
 * application_id} says that the file is a log of Tidings.
 */
final class Schema {
    /** "Tdng". */
    private static final int APPLICATION = 0x54646e67;

    /**
     * What leads from each version to the next, from an empty file on. What was released is never changed; a new
     * version is one more entry.
     *
     * <p>{@code log} has one row. Its {@code trimmed} is the position up to which events of all topics were removed;
     * {@code loss} has the same for what the age of some topics removed. {@code opened} is null in a file that was
     * closed in good order, see {@link Identity}. A topic is there while it has events; its id is the position of the
     * event that made it, so that none is given twice.
     */
    static final List<List<String>> STEPS = List.of(List.of(
            "CREATE TABLE log (epoch TEXT NOT NULL, trimmed INTEGER NOT NULL DEFAULT 0, opened TEXT)",
            "CREATE TABLE loss (matcher TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE topic (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            "CREATE TABLE event (position INTEGER PRIMARY KEY, topic INTEGER NOT NULL, type TEXT,"
                    + " time INTEGER NOT NULL, data TEXT NOT NULL)",
            "CREATE INDEX event_by_topic ON event (topic)", // and position, which is each entry's row id
            "CREATE INDEX event_that_ends ON event (topic) WHERE type = '$end'"));

    private Schema() {}

    /** @throws EventLogException if the file is a database of something else */
    static void requireOurs(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean empty = number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
            if (!empty && number(statement, "PRAGMA application_id") != APPLICATION) {
                throw new EventLogException("the file is a database of another program; set"
                        + " tidings.log.directory to another directory");
            }
        }
    }

    /**
     * Makes the tables what this version needs, in one transaction.
     *
     * @throws EventLogException if the file is of a newer version
     */
    static void prepare(Connection connection, List<List<String>> steps) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            if (version > steps.size()) {
                throw new EventLogException("the file was written by a newer version of Tidings (its schema is "
                        + version + ", this version knows " + steps.size() + ")");
            }
            for (List<String> step : steps.subList(version, steps.size())) {
                for (String sql : step) {
                    statement.executeUpdate(sql);
                }
            }
            if (version < steps.size()) {
                statement.executeUpdate("PRAGMA application_id = " + APPLICATION);
                statement.executeUpdate("PRAGMA user_version = " + steps.size());
            }
            connection.commit();
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.getInt(1);
        }
    }
}
