package org.tidings.api;

/**
 * A CDI event: a stream was opened. Fired in order with {@link SubscriberDisconnected} of the same connection, on a
 * thread of Tidings' own, so that a slow observer delays no delivery.
 *
 * @param connection the connection's id, as in its {@code $hello}
 * @param topics what it asked for
 * @since 0.1
 */
public record SubscriberConnected(String connection, TopicSelector topics) {}
