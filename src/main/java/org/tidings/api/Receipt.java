package org.tidings.api;

/**
 * Says that an event is in the log: as durable as the log is set to be, and part of every later replay of its topic.
 *
 * @param id the event's id
 * @param topic where it was published
 * @since 0.1
 */
public record Receipt(EventId id, TopicName topic) {}
