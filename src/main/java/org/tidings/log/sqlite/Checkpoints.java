package org.tidings.log.sqlite;

import java.sql.SQLException;

/**
 * Moves the write-ahead log to the main file, so that it can be written over from its beginning. SQLite would do it by
 * itself, but can begin anew only at a moment at which nobody reads what lies in it, and with busy readers that never
 * comes: the file grows, and each commit tries again. So readers are held back for the time that it takes, some
 * milliseconds. For the appender.
 */
final class Checkpoints {
    /**
     * The write-ahead log's pages after which it is moved: 16 MiB. The file stays that large and is written over again,
     * which a disk confirms in half the time that it takes to make a file longer.
     */
    private static final int PAGES = 16 * 1024 * 1024 / LogFile.PAGE_BYTES;

    /** After how many events it is looked at. */
    private static final int EVENTS = 256;

    private final Readers readers;
    private long unseen;
    private long due = PAGES;

    Checkpoints(Readers readers) {
        this.readers = readers;
    }

    /** To be called after a commit that added or removed so many events. */
    void after(long events, Writer writer) throws SQLException {
        unseen += events;
        if (unseen < EVENTS) {
            return;
        }
        unseen = 0;
        if (writer.writeAheadLog().pages() >= due) {
            Writer.WriteAheadLog left = readers.withoutAny(writer::checkpoint);
            // Another process may read, a backup: then not all was moved, and it grows for so long.
            due = left.moved() ? PAGES : left.pages() + PAGES;
        }
    }
}
