package org.tidings.api;

/**
 * The log could not do its work: a disk is full, a file is damaged. Not the caller's fault; a retry may succeed once
 * the cause, which the operator's log has in full, is gone.
 *
 * <p>After a failed publish nothing was appended. The message says what is wrong and what makes it right; HTTP gives it
 * to publishers, so it names no path of the server's.
 *
 * @since 0.1
 */
public final class EventLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For a log that was closed, say: nothing else was the cause. */
    public EventLogException(String message) {
        super(message);
    }

    /** With what the engine threw. */
    public EventLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
