package org.tidings.hub;

/**
 * What happens when the next event does not fit into a connection's send queue. Set for each topic; from the mildest to
 * the strictest: events of several topics that come together, and so are written as one, meet the strictest of theirs.
 */
public enum OverflowPolicy {
    /** Drops what is queued and catches up from the log as fast as the client reads. Nothing is lost. The default. */
    CATCH_UP,
    /**
     * Keeps the latest queued event of each such topic and tells by a {@code $gap}; catches up if that is still too
     * much.
     */
    CONFLATE,
    /** Ends the connection; the client comes back with its last id. */
    DISCONNECT
}
