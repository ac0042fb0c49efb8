package org.tidings.log.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.tidings.api.Event;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;

/**
 * What is known of a log without asking its file. Changed by the appender after each commit; read by any thread, a
 * little later than the file at the most.
 */
final class LogState {
    private final AgeRules rules;
    private final AtomicLongArray gone; // by rule: up to there it has left nothing
    private final Map<TopicName, Long> ends = new ConcurrentHashMap<>();
    private volatile long end;
    private volatile long trimmed;
    private volatile long events; // written by the appender

    private LogState(AgeRules rules, long[] gone) {
        this.rules = rules;
        this.gone = new AtomicLongArray(gone);
    }

    /** Reads it from a file that has just been opened, and puts the rules that count now on record there. */
    static LogState load(Connection connection, AgeRules rules) throws SQLException {
        var state = new LogState(rules, gone(connection, rules));
        state.refresh(connection);
        connection.commit();
        return state;
    }

    /** A rule that has lost events may still have older ones, which another rule kept until now. */
    private static long[] gone(Connection connection, AgeRules rules) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, Long> losses = recordedLosses(statement, rules);
            long[] gone = IntStream.range(0, rules.size())
                    .mapToLong(rule -> losses.get(rules.name(rule)))
                    .toArray();
            try (ResultSet row = statement.executeQuery(
                    "SELECT name, (SELECT min(position) FROM event WHERE topic = topic.id) FROM topic")) {
                while (row.next()) {
                    int rule = rules.of(new TopicName(row.getString(1)));
                    gone[rule] = Math.min(gone[rule], row.getLong(2) - 1);
                }
            }
            return gone;
        }
    }

    /** Reads what may have changed with a transaction whose end is not known. For the appender. */
    void refresh(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<TopicName, Long> found = new HashMap<>();
            try (ResultSet row =
                    statement.executeQuery("SELECT name, max(position) FROM event JOIN topic ON topic.id = topic"
                            + " WHERE type = '$end' GROUP BY topic")) {
                while (row.next()) {
                    found.put(new TopicName(row.getString(1)), row.getLong(2));
                }
            }
            ends.putAll(found);
            ends.keySet().retainAll(found.keySet());
            try (ResultSet row =
                    statement.executeQuery("SELECT trimmed, (SELECT coalesce(max(position), 0) FROM event),"
                            + " (SELECT count(*) FROM event) FROM log")) {
                trimmed = row.getLong(1);
                end = row.getLong(2);
                events = row.getLong(3);
            }
        }
    }

    private static Map<String, Long> recordedLosses(Statement statement, AgeRules rules) throws SQLException {
        Map<String, Long> recorded = new HashMap<>();
        try (ResultSet row = statement.executeQuery("SELECT matcher, position FROM loss")) {
            while (row.next()) {
                recorded.put(row.getString(1), row.getLong(2));
            }
        }
        Map<String, Long> losses = rules.losses(recorded);
        if (!losses.equals(recorded)) {
            statement.executeUpdate("DELETE FROM loss");
            try (PreparedStatement insert =
                    statement.getConnection().prepareStatement("INSERT INTO loss (matcher, position) VALUES (?, ?)")) {
                for (Map.Entry<String, Long> loss : losses.entrySet()) {
                    insert.setString(1, loss.getKey());
                    insert.setLong(2, loss.getValue());
                    insert.executeUpdate();
                }
            }
        }
        return losses;
    }

    AgeRules rules() {
        return rules;
    }

    long end() {
        return end;
    }

    /** How many there are. */
    long events() {
        return events;
    }

    OptionalLong endOf(TopicName topic) {
        Long position = ends.get(topic);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    long trimmed(TopicSelector topics) {
        long all = rules.of(topics).mapToLong(gone::get).min().orElse(0);
        return Math.max(trimmed, all);
    }

    void apply(Change change) {
        long before = events;
        events = before + change.added().size() - change.removed();
        if (!change.removedEnds().isEmpty()) {
            ends.values().removeAll(change.removedEnds());
        }
        for (Event event : change.added()) {
            if (EventLog.isEnd(event.type())
                    && !change.removedEnds().contains(event.id().offset())) {
                ends.put(event.topic(), event.id().offset());
            }
        }
        change.losses().forEach(gone::set);
        trimmed = Math.max(trimmed, change.trimmed());
        if (!change.added().isEmpty()) {
            end = change.added().get(change.added().size() - 1).id().offset();
        }
    }
}
