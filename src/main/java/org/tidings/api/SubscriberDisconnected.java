package org.tidings.api;

/**
 * A CDI event: a stream ended. Exactly one follows each {@link SubscriberConnected}.
 *
 * @param connection the connection's id, as in its {@code $hello}
 * @param reason why it ended
 * @since 0.1
 */
public record SubscriberDisconnected(String connection, DisconnectReason reason) {}
