package org.tidings.api;

/**
 * Why a request was turned down, for machines. The slug is stable: it ends the {@code type} of the HTTP problem.
 *
 * @since 0.1
 */
public enum RejectionReason {
    /** No topic was given. */
    TOPIC_MISSING("topic-missing", false),
    /** The topic or matcher breaks the grammar. */
    TOPIC_MALFORMED("topic-malformed", false),
    /** The topic is longer than {@link TopicName#MAX_LENGTH}. */
    TOPIC_TOO_LONG("topic-too-long", false),
    /** The topic begins with {@code $}. */
    TOPIC_RESERVED("topic-reserved", false),
    /** The topic was ended; nothing can be published to it while the log remembers that. */
    TOPIC_ENDED("topic-ended", false),
    /** More matchers than {@link TopicSelector#MAX_MATCHERS}. */
    TOO_MANY_TOPICS("too-many-topics", false),
    /** The event type is empty or has a control character. */
    TYPE_MALFORMED("type-malformed", false),
    /** The event type is longer than {@link EventType#MAX_LENGTH}. */
    TYPE_TOO_LONG("type-too-long", false),
    /** The event type begins with {@code $}. */
    TYPE_RESERVED("type-reserved", false),
    /** The data is larger than {@link Publication#MAX_DATA_BYTES}. */
    DATA_TOO_LARGE("data-too-large", false),
    /** The data is not text that UTF-8 can carry, or a payload that cannot be written as JSON. */
    DATA_MALFORMED("data-malformed", false),
    /** Another parameter or the body is missing or malformed. */
    PARAMETER_MALFORMED("parameter-malformed", false),
    /** No open connection has this id. */
    CONNECTION_UNKNOWN("connection-unknown", false),
    /** Publishing over HTTP is not allowed here. */
    PUBLISHING_FORBIDDEN("publishing-forbidden", false),
    /** The hub's own topics and the connections of others are for operators, and the caller is none. */
    OPERATORS_ONLY("operators-only", false),
    /** More publications wait for the log than it may hold. */
    OVERLOADED("overloaded", true),
    /** The hub is stopping. */
    STOPPING("stopping", true);

    private final String slug;
    private final boolean retry;

    RejectionReason(String slug, boolean retry) {
        this.slug = slug;
        this.retry = retry;
    }

    /** The stable name, in kebab case. */
    public String slug() {
        return slug;
    }

    /** Whether the same request may succeed later. */
    public boolean retry() {
        return retry;
    }
}
