package org.tidings.hub;

import org.tidings.api.DisconnectReason;
import org.tidings.api.TopicSelector;

/**
 * Hears of connections. Called on a thread of its own, in order for each connection; a slow listener delays no
 * delivery. One that is 100,000 calls behind is not told of further connections, neither of their begin nor of their
 * end, and the log says so.
 */
public interface HubListener {
    /** Hears nothing. */
    HubListener NONE = new HubListener() {
        @Override
        public void connected(String connection, TopicSelector topics) {}

        @Override
        public void disconnected(String connection, DisconnectReason reason) {}
    };

    /** A stream was opened. */
    void connected(String connection, TopicSelector topics);

    /** It ended; once for each that was opened. */
    void disconnected(String connection, DisconnectReason reason);
}
