package org.tidings.log.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.EventType;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;

/**
 * A connection that reads pages, each within one transaction: what a page says of losses and of the end is true of its
 * events. For one thread at a time. Its statements cannot be used again once one has failed.
 *
 * <p>Three ways to the events of some topics, by how many those are: one by the index; a few by their positions, which
 * the index has in order for each; many, or who knows which, by looking at each event.
 */
final class Reader implements AutoCloseable {
    /** The most events of other topics that one page passes over: some milliseconds. */
    static final int SCAN = 5_000;

    /** How many events are looked at to learn whether the topics are rare. */
    private static final int PROBE = 200;

    /** The most topics that are read by the index. */
    static final int FEW = TopicSelector.MAX_MATCHERS;

    /** The most topic names that are looked at for those that a pattern matches. */
    private static final int NAMES = 1_000;

    private static final String COLUMNS = "SELECT position, topic, type, time, data FROM event";

    private final Connection connection;
    private final String epoch;
    private final LogState state;
    private final PreparedStatement bounds;
    private final PreparedStatement all;
    private final PreparedStatement ofTopic;
    private final PreparedStatement positions;
    private final PreparedStatement one;
    private final PreparedStatement idOf;
    private final PreparedStatement names;
    private final PreparedStatement nameOf;
    private final Map<Long, TopicName> topics = new Recent<>();

    private Reader(Connection connection, String epoch, LogState state) throws SQLException {
        this.connection = connection;
        this.epoch = epoch;
        this.state = state;
        bounds = connection.prepareStatement("SELECT '', trimmed FROM log"
                + " UNION ALL SELECT NULL, coalesce(max(position), 0) FROM event"
                + " UNION ALL SELECT matcher, position FROM loss");
        all = connection.prepareStatement(COLUMNS + " WHERE position > ? ORDER BY position LIMIT ?");
        ofTopic = connection.prepareStatement(COLUMNS + " WHERE topic = ? AND position > ? ORDER BY position LIMIT ?");
        positions = connection.prepareStatement("SELECT position FROM event"
                + " WHERE topic = ? AND position > ? AND position < ? ORDER BY position LIMIT ?");
        one = connection.prepareStatement(COLUMNS + " WHERE position = ?");
        idOf = connection.prepareStatement("SELECT id FROM topic WHERE name = ?");
        names = connection.prepareStatement("SELECT id, name FROM topic WHERE name >= ? AND name < ? LIMIT ?");
        nameOf = connection.prepareStatement("SELECT name FROM topic WHERE id = ?");
    }

    /** The connection is the reader's from then on, and is closed if it cannot be used. */
    static Reader on(Connection connection, String epoch, LogState state) throws SQLException {
        try {
            return new Reader(connection, epoch, state);
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    Page read(long after, TopicSelector selector, PageLimit limit) throws SQLException {
        try {
            Bounds bounds = bounds(selector);
            var page = new Filling(after, bounds, limit);
            Optional<long[]> few = few(selector);
            if (few.isEmpty()) {
                scan(selector, page, SCAN);
            } else if (few.get().length == 1) {
                readOne(few.get()[0], page);
            } else {
                readFew(selector, few.get(), page);
            }
            return page.page();
        } finally {
            connection.commit(); // lets go of what it saw: the write-ahead log can be moved to the file
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Bounds bounds(TopicSelector selector) throws SQLException {
        long trimmed = 0;
        long end = 0;
        Map<String, Long> losses = new LinkedHashMap<>();
        try (ResultSet row = bounds.executeQuery()) {
            while (row.next()) {
                String what = row.getString(1);
                long position = row.getLong(2);
                if (what == null) {
                    end = position;
                } else if (what.isEmpty()) {
                    trimmed = position;
                } else {
                    losses.put(what, position);
                }
            }
        }
        AgeRules rules = state.rules();
        IntStream asked = rules.of(selector);
        long lost = asked.mapToLong(rule -> losses.getOrDefault(rules.name(rule), 0L))
                .max()
                .orElse(0);
        // Behind what the appender knows of there may be what a disk took and did not confirm: it will be undone. Or a
        // batch that it is about to know of, of which retention has removed a part already.
        long known = Math.min(end, state.end());
        return new Bounds(Math.min(trimmed, known), Math.max(trimmed, lost), known);
    }

    // ---- Which topics.

    /** The ids of the topics that the selector matches, if they are few. */
    private Optional<long[]> few(TopicSelector selector) throws SQLException {
        var ids = new ArrayList<Long>();
        for (String name : selector.exact()) {
            id(name).ifPresent(ids::add);
        }
        for (TopicMatcher pattern : selector.patterns()) {
            if (!addMatching(pattern, ids)) {
                return Optional.empty();
            }
        }
        return ids.size() <= FEW
                ? Optional.of(ids.stream().mapToLong(Long::longValue).distinct().toArray())
                : Optional.empty();
    }

    /** Adds the ids of topics that a pattern matches. Returns false if there are too many names to look at. */
    private boolean addMatching(TopicMatcher pattern, List<Long> ids) throws SQLException {
        String prefix = pattern.value().substring(0, pattern.value().indexOf('*'));
        if (prefix.isEmpty()) {
            return false;
        }
        String parent = prefix.substring(0, prefix.length() - 1); // which 'orders/**' matches, too
        if (pattern.matches(new TopicName(parent))) {
            id(parent).ifPresent(ids::add);
        }
        names.setString(1, prefix);
        names.setString(2, parent + '0'); // the character behind '/'
        names.setInt(3, NAMES);
        int looked = 0;
        try (ResultSet row = names.executeQuery()) {
            while (row.next() && ids.size() <= FEW) {
                looked++;
                if (pattern.matches(new TopicName(row.getString(2)))) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return looked < NAMES;
    }

    private OptionalLong id(String name) throws SQLException {
        idOf.setString(1, name);
        try (ResultSet row = idOf.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    // ---- The three ways.

    /** Looks at so many events. Returns whether it saw the page full or the log at its end. */
    private boolean scan(TopicSelector selector, Filling page, int most) throws SQLException {
        all.setLong(1, page.through);
        all.setInt(2, most);
        int looked = 0;
        try (ResultSet row = all.executeQuery()) {
            while (row.next()) {
                if (page.isOver(row)) {
                    return true;
                }
                looked++;
                TopicName topic = name(row.getLong(2));
                if (selector.matches(topic)) {
                    if (!page.add(row, topic)) {
                        return true;
                    }
                } else {
                    page.pass(row.getLong(1));
                }
            }
        }
        if (looked < most) {
            page.passAll();
        }
        return looked < most;
    }

    private void readOne(long topic, Filling page) throws SQLException {
        ofTopic.setLong(1, topic);
        ofTopic.setLong(2, page.after);
        ofTopic.setInt(3, page.limit.events() + 1);
        try (ResultSet row = ofTopic.executeQuery()) {
            while (row.next()) {
                if (page.isOver(row) || !page.add(row, name(topic))) {
                    return;
                }
            }
        }
        page.passAll();
    }

    /** Where the topics are much of the log, looking at each event is faster than the index: the next ones show it. */
    private void readFew(TopicSelector selector, long[] ids, Filling page) throws SQLException {
        if (ids.length == 0) {
            page.passAll();
            return;
        }
        if (scan(selector, page, PROBE)) {
            return;
        }
        if (page.events.size() > PROBE / 4) {
            scan(selector, page, SCAN);
            return;
        }
        for (long position : oldest(ids, page.through, page.limit.events() + 1)) {
            one.setLong(1, position);
            try (ResultSet row = one.executeQuery()) {
                if (row.next() && (page.isOver(row) || !page.add(row, name(row.getLong(2))))) {
                    return;
                }
            }
        }
        page.passAll();
    }

    /** The positions of the topics' oldest events, so many. */
    private long[] oldest(long[] ids, long after, int most) throws SQLException {
        var oldest = new PriorityQueue<Long>((a, b) -> Long.compare(b, a)); // the newest of them first
        for (long id : ids) {
            positions.setLong(1, id);
            positions.setLong(2, after);
            positions.setLong(3, oldest.size() < most ? Long.MAX_VALUE : oldest.peek());
            positions.setInt(4, most);
            try (ResultSet row = positions.executeQuery()) {
                while (row.next() && (oldest.size() < most || row.getLong(1) < oldest.peek())) {
                    oldest.add(row.getLong(1));
                    if (oldest.size() > most) {
                        oldest.remove();
                    }
                }
            }
        }
        long[] sorted = oldest.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private TopicName name(long topic) throws SQLException {
        TopicName known = topics.get(topic);
        if (known != null) {
            return known;
        }
        nameOf.setLong(1, topic);
        try (ResultSet row = nameOf.executeQuery()) {
            var name = new TopicName(row.getString(1));
            topics.put(topic, name);
            return name;
        }
    }

    /**
     * What was true when the page was read.
     *
     * @param trimmed nothing is left up to there
     * @param lost events of the topics may have been removed up to there
     */
    private record Bounds(long trimmed, long lost, long end) {}

    /** A page while it is being filled. */
    private final class Filling {
        final long after;
        final PageLimit limit;
        private final Bounds bounds;
        private final List<Event> events = new ArrayList<>();
        private long data; // in bytes
        private long through;

        Filling(long asked, Bounds bounds, PageLimit limit) {
            this.after = Math.max(asked, bounds.trimmed());
            this.limit = limit;
            this.bounds = bounds;
            this.through = after;
        }

        /** Whether the row is behind the log's end, so that the page has all there is. */
        boolean isOver(ResultSet row) throws SQLException {
            boolean over = row.getLong(1) > bounds.end();
            if (over) {
                passAll();
            }
            return over;
        }

        /** Adds the event of the row, unless the page is full. */
        boolean add(ResultSet row, TopicName topic) throws SQLException {
            if (events.size() == limit.events()) {
                return false;
            }
            byte[] text = row.getBytes(5);
            data += text.length;
            if (data > limit.data().bytes() && !events.isEmpty()) {
                return false;
            }
            through = row.getLong(1);
            events.add(new Event(
                    new EventId(epoch, through),
                    topic,
                    Optional.ofNullable(row.getString(3)).map(EventType::new),
                    new String(text, StandardCharsets.UTF_8),
                    Instant.ofEpochMilli(row.getLong(4))));
            return true;
        }

        void pass(long position) {
            through = position;
        }

        void passAll() {
            through = bounds.end();
        }

        Page page() {
            // Where topics are kept for different times, older events of others may follow.
            return new Page(events, through, Math.min(bounds.lost(), through), bounds.end());
        }
    }
}
