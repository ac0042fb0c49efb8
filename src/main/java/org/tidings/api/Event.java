package org.tidings.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as the log has it.
 *
 * @param id where it stands in the log
 * @param topic where it was published
 * @param type the {@code event:} field
 * @param data the text
 * @param time when the log took it, by the clock of the node that did; not the order (that is the id's)
 * @since 0.1
 */
public record Event(EventId id, TopicName topic, Optional<EventType> type, String data, Instant time) {}
