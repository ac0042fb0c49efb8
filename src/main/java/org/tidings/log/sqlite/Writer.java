package org.tidings.log.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.EventType;
import org.tidings.api.TopicName;

/**
 * The connection that changes the file, in transactions: whoever calls ends each with {@link #commit} or throws this
 * writer away ({@link #close}), for its statements cannot be used again once one has failed.
 */
final class Writer implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertTopic;
    private final PreparedStatement findTopic;
    private final PreparedStatement findName;
    private final PreparedStatement findEmptyTopic;
    private final PreparedStatement findEvents;
    private final PreparedStatement deleteTopic;
    private final PreparedStatement deleteEvent;
    private final PreparedStatement deleteEvents;
    private final PreparedStatement trim;
    private final PreparedStatement lose;
    private final PreparedStatement used;
    private final PreparedStatement look;
    private final PreparedStatement checkpoint;
    private final Map<TopicName, Long> topics = new Recent<>();

    private Writer(Connection connection) throws SQLException {
        this.connection = connection;
        insertEvent = connection.prepareStatement(
                "INSERT INTO event (position, topic, type, time, data) VALUES (?, ?, ?, ?, ?)");
        insertTopic = connection.prepareStatement("INSERT INTO topic (id, name) VALUES (?, ?)");
        findTopic = connection.prepareStatement("SELECT id FROM topic WHERE name = ?");
        findName = connection.prepareStatement("SELECT name FROM topic WHERE id = ?");
        findEmptyTopic = connection.prepareStatement(
                "SELECT name FROM topic WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM event WHERE topic = ?1)");
        findEvents = connection.prepareStatement("SELECT position, topic, type = '$end', time, octet_length(data)"
                + " FROM event WHERE position > ? AND position < ? ORDER BY position");
        deleteTopic = connection.prepareStatement("DELETE FROM topic WHERE id = ?");
        deleteEvent = connection.prepareStatement("DELETE FROM event WHERE position = ?");
        deleteEvents = connection.prepareStatement("DELETE FROM event WHERE position BETWEEN ? AND ?");
        trim = connection.prepareStatement("UPDATE log SET trimmed = ?");
        lose = connection.prepareStatement("UPDATE loss SET position = max(position, ?) WHERE matcher = ?");
        look = connection.prepareStatement("PRAGMA wal_checkpoint(NOOP)");
        checkpoint = connection.prepareStatement("PRAGMA wal_checkpoint(PASSIVE)");
        used = connection.prepareStatement("SELECT (page_count - freelist_count) * page_size"
                + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
    }

    /** The connection is the writer's from then on, and is closed if it cannot be used. */
    static Writer on(Connection connection) throws SQLException {
        try {
            return new Writer(connection);
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    void insert(List<Event> events) throws SQLException {
        for (Event event : events) {
            long position = event.id().offset();
            insertEvent.setLong(1, position);
            insertEvent.setLong(2, topic(event.topic(), position));
            insertEvent.setString(3, event.type().map(EventType::value).orElse(null));
            insertEvent.setLong(4, event.time().toEpochMilli());
            insertEvent.setString(5, event.data());
            insertEvent.addBatch();
        }
        insertEvent.executeBatch();
    }

    private long topic(TopicName name, long position) throws SQLException {
        Long known = topics.get(name);
        if (known != null) {
            return known;
        }
        findTopic.setString(1, name.value());
        long id;
        try (ResultSet row = findTopic.executeQuery()) {
            id = row.next() ? row.getLong(1) : position;
        }
        if (id == position) {
            insertTopic.setLong(1, id);
            insertTopic.setString(2, name.value());
            insertTopic.executeUpdate();
        }
        topics.put(name, id);
        return id;
    }

    /** Goes through the events behind one position and before another, oldest first, while the visitor wants more. */
    void visit(long after, long before, Visitor visitor) throws SQLException {
        findEvents.setLong(1, after);
        findEvents.setLong(2, before);
        try (ResultSet row = findEvents.executeQuery()) {
            boolean more = true;
            while (more && row.next()) {
                more = visitor.visit(new StoredEvent(
                        row.getLong(1),
                        row.getLong(2),
                        row.getBoolean(3),
                        row.getLong(4),
                        row.getLong(5) + StoredEvent.ROW));
            }
        }
    }

    /** Removes events, in the order of their positions, and the topics that have none left. */
    void delete(List<StoredEvent> events) throws SQLException {
        long first = events.get(0).position();
        long last = events.get(events.size() - 1).position();
        if (last - first + 1 == events.size()) {
            deleteEvents.setLong(1, first);
            deleteEvents.setLong(2, last);
            deleteEvents.executeUpdate();
        } else {
            for (StoredEvent event : events) {
                deleteEvent.setLong(1, event.position());
                deleteEvent.addBatch();
            }
            deleteEvent.executeBatch();
        }
        for (long topic :
                events.stream().mapToLong(StoredEvent::topic).distinct().toArray()) {
            deleteIfEmpty(topic);
        }
    }

    private void deleteIfEmpty(long topic) throws SQLException {
        findEmptyTopic.setLong(1, topic);
        try (ResultSet row = findEmptyTopic.executeQuery()) {
            if (!row.next()) {
                return;
            }
            topics.remove(new TopicName(row.getString(1)));
        }
        deleteTopic.setLong(1, topic);
        deleteTopic.executeUpdate();
    }

    TopicName nameOf(long topic) throws SQLException {
        findName.setLong(1, topic);
        try (ResultSet row = findName.executeQuery()) {
            return new TopicName(row.getString(1));
        }
    }

    void recordTrimmed(long position) throws SQLException {
        trim.setLong(1, position);
        trim.executeUpdate();
    }

    /** A loss that is on record may be newer: of a rule that the topics had before. */
    void recordLoss(String matcher, long position) throws SQLException {
        lose.setLong(1, position);
        lose.setString(2, matcher);
        lose.executeUpdate();
    }

    /** What is in use of the file: all but its free pages. */
    ByteSize used() throws SQLException {
        try (ResultSet row = used.executeQuery()) {
            return new ByteSize(row.getLong(1));
        }
    }

    /**
     * After a failure: makes sure that this is the same log still, and that it has none of the events whose transaction
     * failed (a disk may have taken it and have failed to say so). What that removed stays removed, and the state is
     * told.
     */
    void resume(String epoch, LogState state) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT epoch, (SELECT coalesce(max(position), 0) FROM event) FROM log")) {
                if (!row.next() || !row.getString(1).equals(epoch) || row.getLong(2) < state.end()) {
                    throw new EventLogException("the log's file is another one now; start the server again");
                }
            }
            deleteEvents.setLong(1, state.end() + 1);
            deleteEvents.setLong(2, Long.MAX_VALUE);
            if (deleteEvents.executeUpdate() > 0) {
                statement.executeUpdate(
                        "DELETE FROM topic WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.topic = topic.id)");
            }
        }
        commit();
        state.refresh(connection);
        commit();
    }

    void markClosed() throws SQLException {
        Identity.close(connection);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** How it is, without doing anything. Outside of a transaction. */
    WriteAheadLog writeAheadLog() throws SQLException {
        return writeAheadLog(look);
    }

    /** Moves what can be moved of it to the main file. Outside of a transaction. */
    WriteAheadLog checkpoint() throws SQLException {
        return writeAheadLog(checkpoint);
    }

    private static WriteAheadLog writeAheadLog(PreparedStatement pragma) throws SQLException {
        try (ResultSet row = pragma.executeQuery()) {
            return new WriteAheadLog(row.getInt(2), row.getInt(3));
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /**
     * The write-ahead log.
     *
     * @param pages in it
     * @param movedPages those of them that are in the main file
     */
    record WriteAheadLog(int pages, int movedPages) {
        /** Whether the next transaction may begin at its beginning. */
        boolean moved() {
            return pages == movedPages;
        }
    }

    /** Is shown events. */
    interface Visitor {
        /** Returns whether it wants more. */
        boolean visit(StoredEvent event) throws SQLException;
    }
}
