package org.tidings.log.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.log.Follower;
import org.tidings.log.LogSize;
import org.tidings.log.NewEvents;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;

/**
 * Keeps the events in one SQLite file: what was appended is there after the process ends, however it ends. Offsets are
 * 1, 2, 3 and so on; times are kept to the millisecond. The epoch belongs to the file, and changes when the file may
 * have lost events that were given out ({@code Identity}).
 *
 * <p>For retention the size is that of the file, less its free pages; the file itself does not shrink, its free pages
 * are used again. A page counts the data in bytes of UTF-8.
 *
 * <p><b>Threads.</b> Readers have connections of their own and see the log as it was when their page began; two read at
 * a time, while others append. Once for 16 MiB that are written, the appender and they wait for each other
 * ({@code Checkpoints}): for the pages under way, and then for some milliseconds.
 *
 * <p><b>Failure.</b> The connection that failed is opened anew by the next call, so that the log goes on by itself once
 * the cause is gone: a full disk, another process's lock. The ended topics are in memory, some hundred bytes each.
 */
public final class SqliteEventLog implements EventLog {
    private static final System.Logger LOG = System.getLogger(SqliteEventLog.class.getName());

    private final LogFile file;
    private final Durability durability;
    private final String epoch;
    private final LogState state;
    private final Remover remover;
    private final Readers readers;
    private final Checkpoints checkpoints;
    private final Follower follower = new Follower();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Optional<Writer> writer; // empty after a failure, until the next transaction

    @GuardedBy("lock")
    private boolean closed;

    private SqliteEventLog(
            LogFile file, Durability durability, String epoch, LogState state, Remover remover, Writer writer) {
        this.file = file;
        this.durability = durability;
        this.epoch = epoch;
        this.state = state;
        this.remover = remover;
        this.writer = Optional.of(writer);
        this.readers = new Readers(() -> {
            file.requireInPlace();
            return Reader.on(file.reader(), epoch, state);
        });
        this.checkpoints = new Checkpoints(readers);
    }

    /**
     * Opens the log in a directory, or makes a new one there.
     *
     * @throws EventLogException with a sentence for the operator: the directory cannot be written, another log has it,
     *     or the file is damaged, foreign or of a newer version
     */
    public static SqliteEventLog open(Path directory, Durability durability, Retention retention) {
        LogFile file = LogFile.claim(directory.toAbsolutePath());
        try {
            NativeLibrary.load();
            return open(file, durability, retention);
        } catch (SQLException e) {
            file.close();
            throw new EventLogException(
                    "the log in %s cannot be opened: %s (%s)"
                            .formatted(directory, Failures.sentenceAtStart(e), e.getMessage()),
                    e);
        } catch (EventLogException e) {
            file.close();
            throw new EventLogException(
                    "the log in %s cannot be opened: %s".formatted(directory, e.getMessage()), e.getCause());
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    static SqliteEventLog open(LogFile file, Durability durability, Retention retention) throws SQLException {
        boolean hadWriteAheadLog = file.hasWriteAheadLog();
        Connection connection = file.writer(durability);
        try {
            Schema.prepare(connection, Schema.STEPS);
            file.remember();
            String epoch = Identity.open(connection, file, durability, hadWriteAheadLog);
            LogState state = LogState.load(connection, AgeRules.of(retention));
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The log is {0}: {1} events, epoch {2}",
                    file.path(),
                    state.events(),
                    epoch);
            return new SqliteEventLog(
                    file, durability, epoch, state, new Remover(retention, state), Writer.on(connection));
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long end() {
        return state.end();
    }

    @Override
    public long trimmed(TopicSelector topics) {
        return state.trimmed(topics);
    }

    @Override
    public void follow(Consumer<List<Event>> newFollower) {
        follower.set(newFollower);
    }

    @Override
    public List<Event> append(List<Publication> batch, Instant now) {
        var change = insert(batch, now);
        if (change.added().isEmpty()) {
            return change.added();
        }
        follower.tell(change.added());
        checkpoint(change); // behind the news: it may take some milliseconds
        return change.added();
    }

    private Change insert(List<Publication> batch, Instant now) {
        lock.lock();
        try {
            List<Event> events = NewEvents.of(batch, epoch, state.end(), now);
            var change = new Change(events);
            if (!events.isEmpty()) {
                long end = events.get(events.size() - 1).id().offset();
                transact(change, open -> {
                    open.insert(events);
                    return remover.removeExcess(open, change, end);
                });
            }
            return change;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Page read(long after, TopicSelector topics, PageLimit limit) {
        return readers.read(reader -> reader.read(after, topics, limit));
    }

    @Override
    public OptionalLong endOf(TopicName topic) {
        return state.endOf(topic);
    }

    @Override
    public boolean retain(Instant now) {
        lock.lock();
        try {
            if (!closed && !file.isInPlace()) {
                abandonWriter(); // What it writes, nobody would find.
            }
            boolean more = false;
            for (int rule = 0; rule < state.rules().size(); rule++) {
                int which = rule;
                more |= remove((open, change) -> remover.removeOld(open, change, which, state.end(), now));
            }
            return remove((open, change) -> remover.removeExcess(open, change, state.end())) || more;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private boolean remove(Removal removal) {
        var change = new Change(List.of());
        boolean more = transact(change, open -> removal.run(open, change));
        checkpoint(change);
        return more;
    }

    /** The bytes are those of the file and its write-ahead log, free pages included: what the disk has. */
    @Override
    public LogSize size() {
        return new LogSize(state.events(), file.size());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (file) {
                readers.close();
                writer.ifPresent(SqliteEventLog::finish);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All or nothing: what the change says is known only once it is committed. */
    @GuardedBy("lock")
    private boolean transact(Change change, Transaction transaction) {
        boolean more;
        try {
            Writer open = openWriter();
            more = transaction.run(open);
            open.commit();
            state.apply(change);
        } catch (SQLException e) {
            abandonWriter();
            throw Failures.of(e);
        } catch (RuntimeException | Error e) {
            abandonWriter();
            throw e;
        }
        return more;
    }

    /** What was committed stays so if this fails: where the disk is the reason, the next append will say so. */
    private void checkpoint(Change committed) {
        lock.lock();
        try {
            if (!closed && writer.isPresent()) {
                checkpoints.after(committed.added().size() + committed.removed(), writer.get());
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "The write-ahead log was not moved to the log: it grows", e);
            abandonWriter();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private Writer openWriter() throws SQLException {
        if (closed) {
            throw new EventLogException("the log is closed");
        }
        if (writer.isEmpty()) {
            file.requireInPlace();
            Writer open = Writer.on(file.writer(durability));
            writer = Optional.of(open);
            open.resume(epoch, state);
        }
        return writer.get();
    }

    @GuardedBy("lock")
    private void abandonWriter() {
        remover.startOver();
        writer.ifPresent(SqliteEventLog::abandon);
        writer = Optional.empty();
    }

    private static void abandon(Writer writer) {
        try {
            writer.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "The connection that failed did not close", e);
        }
    }

    private static void finish(Writer writer) {
        try (writer) {
            writer.markClosed();
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The log was not closed in good order, which the next start makes good",
                    e);
        }
    }

    private interface Transaction {
        boolean run(Writer open) throws SQLException;
    }

    private interface Removal {
        boolean run(Writer open, Change change) throws SQLException;
    }
}
