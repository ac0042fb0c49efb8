package org.tidings.log.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteException;
import org.tidings.api.EventLogException;

/**
 * What SQLite's result codes mean for people. The message goes to publishers too, over HTTP, so it names no path; the
 * cause, which the operator's log has, does.
 */
final class Failures {
    // https://www.sqlite.org/rescode.html; an extended code has the primary one in its lowest byte.
    private static final int PRIMARY = 0xff;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    private Failures() {}

    static EventLogException of(SQLException e) {
        return new EventLogException(sentence(e), e);
    }

    /** What is wrong with a log that is open, and what makes it right. */
    static String sentence(SQLException e) {
        return sentence(e, "it goes on by itself");
    }

    /** The same for a log that could not be opened. */
    static String sentenceAtStart(SQLException e) {
        return sentence(e, "start the server again");
    }

    private static String sentence(SQLException e, String then) {
        return switch (code(e)) {
            case FULL -> "the log's disk is full; " + then + " once there is space";
            case BUSY, LOCKED -> "another process has locked the log's file; " + then + " once that one ends";
            case READONLY -> "the log's file or its directory cannot be written; " + then + " once they can";
            case IOERR -> "the log's disk fails or has reached a limit; " + then + " once that is over";
            case CANTOPEN -> "the log's file cannot be opened; " + then + " once it can";
            case CORRUPT, NOTADB ->
                "the log's file is damaged; put a copy of it in its place and start the server again"
                        + " (docs/operations.md)";
            default -> "the log failed";
        };
    }

    private static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY : 0;
    }
}
