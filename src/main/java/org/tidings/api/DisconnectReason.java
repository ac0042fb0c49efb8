package org.tidings.api;

/**
 * Why a connection ended. Each connection ends with exactly one.
 *
 * @since 0.1
 */
public enum DisconnectReason {
    /** The client went, or the network between. */
    CLIENT_GONE("client-gone", true),
    /** All of its topics were ended. */
    TOPIC_ENDED("topic-ended", false),
    /** It took nothing for longer than the stall limit. */
    STALLED("stalled", true),
    /** Its send queue was full, and the topic's overflow policy is to disconnect. */
    SLOW_CONSUMER("slow-consumer", true),
    /** The stream reached its maximum age; the client comes back and resumes by id. */
    LIFETIME_REACHED("lifetime-reached", true),
    /** The application or an operator ended it. */
    CLOSED("closed", true),
    /** The server stops. */
    SHUTDOWN("shutdown", true),
    /** A fault of the server, which its log explains. */
    FAILED("failed", true);

    private final String slug;
    private final boolean reconnect;

    DisconnectReason(String slug, boolean reconnect) {
        this.slug = slug;
        this.reconnect = reconnect;
    }

    /** The stable name, in kebab case, for logs, metrics and JSON. */
    public String slug() {
        return slug;
    }

    /** Whether the client should come back. */
    public boolean reconnect() {
        return reconnect;
    }
}
