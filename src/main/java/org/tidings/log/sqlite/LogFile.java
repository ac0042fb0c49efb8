package org.tidings.log.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteOpenMode;
import org.tidings.api.ByteSize;
import org.tidings.api.EventLogException;

/**
 * The log's file, for one log at a time, which has its directory locked. (SQLite itself would let several write, and
 * each would give the same offsets to other events.)
 */
final class LogFile implements AutoCloseable {
    static final String NAME = "tidings.db";
    static final String LOCK = "tidings.lock";

    /** How long a statement waits for somebody else's lock, a backup's say, in milliseconds. */
    private static final int BUSY_TIMEOUT = 1_000;

    /**
     * Half of SQLite's default: each topic of a batch has a page of its own to write, in the index. With sixty-four
     * publishers on a hundred topics this was a tenth to a quarter faster, and a page still holds eight events of 200
     * bytes.
     */
    static final int PAGE_BYTES = 2_048;

    /** What a write-ahead log that grew, while somebody read for long, is cut back to: see {@link Checkpoints}. */
    private static final long WAL_LIMIT = 32L * 1024 * 1024;

    /** Of each connection, in KiB (SQLite counts so when it is negative). */
    private static final int CACHE = -8 * 1024;

    private final Path path;
    private final DirectoryLock lock;
    private final List<String> pragmas;
    private Optional<Object> key = Optional.empty(); // set while the log is being opened

    private LogFile(Path path, DirectoryLock lock, List<String> pragmas) {
        this.path = path;
        this.lock = lock;
        this.pragmas = pragmas;
    }

    /**
     * Makes the directory if it is not there, and claims it.
     *
     * @throws EventLogException if it cannot be written, or is another log's
     */
    static LogFile claim(Path directory) {
        return claim(directory, List.of());
    }

    /** @param pragmas for each connection that writes from then on: what a test wants of SQLite */
    static LogFile claim(Path directory, List<String> pragmas) {
        try {
            Files.createDirectories(directory);
            DirectoryLock lock = DirectoryLock.tryLock(directory)
                    .orElseThrow(() -> new EventLogException("another server keeps its log in " + directory
                            + ": stop that one, or give this one a directory of its own"));
            return new LogFile(directory.resolve(NAME), lock, pragmas);
        } catch (FileAlreadyExistsException e) {
            throw new EventLogException(
                    directory + " is a file: set tidings.log.directory to a directory for the log", e);
        } catch (IOException e) {
            throw new EventLogException(
                    "the log cannot write to " + directory + ": make that possible, or set tidings.log.directory to"
                            + " another directory (" + e + ")",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Remembers which file it is that has just been opened. */
    void remember() {
        key = key();
    }

    /** Whether the file is still there, and not one that somebody has put in its place. */
    boolean isInPlace() {
        return Files.exists(path) && key().equals(key);
    }

    /**
     * Asked before a connection is opened: that would make an empty file, and then remove the write-ahead log beside
     * it, or play that into a file that it is not of.
     *
     * @throws EventLogException if the file is not {@link #isInPlace in place}
     */
    void requireInPlace() {
        if (!isInPlace()) {
            throw new EventLogException("the log's file was moved or replaced; put it back, or start the server again");
        }
    }

    /** Empty where the system has none (Windows, which lets nobody move an open file). */
    private Optional<Object> key() {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether there is a write-ahead log: there is one as long as the log was not closed. */
    boolean hasWriteAheadLog() {
        return Files.exists(writeAheadLog());
    }

    /** What the disk has of it, the write-ahead log included. */
    ByteSize size() {
        try {
            return new ByteSize(Files.size(path) + (hasWriteAheadLog() ? Files.size(writeAheadLog()) : 0));
        } catch (IOException e) {
            throw new EventLogException("the size of the log's file cannot be read", e);
        }
    }

    private Path writeAheadLog() {
        return Path.of(path + "-wal");
    }

    Connection writer(Durability durability) throws SQLException {
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(durability.synchronous()));
        config.setPragma(Pragma.JOURNAL_SIZE_LIMIT, Long.toString(WAL_LIMIT));
        var all = new ArrayList<>(List.of(
                "PRAGMA page_size = " + PAGE_BYTES, // of a new file
                "PRAGMA journal_mode = WAL",
                "PRAGMA wal_autocheckpoint = 0", // Checkpoints does it
                "PRAGMA fullfsync = true")); // macOS: a plain fsync does not reach the disk there
        all.addAll(pragmas);
        return connect(config, all);
    }

    Connection reader() throws SQLException {
        SQLiteConfig config = config();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return connect(config, List.of("PRAGMA query_only = true"));
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT);
        config.setCacheSize(CACHE);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false);
        return config;
    }

    private Connection connect(SQLiteConfig config, List<String> pragmas) throws SQLException {
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        try (var statement = connection.createStatement()) {
            Schema.requireOurs(connection); // before anything is changed
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new EventLogException("the log's lock could not be released", e);
        }
    }
}
