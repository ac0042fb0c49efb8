package org.tidings.cdi;

import org.tidings.api.EventType;

/**
 * A class of events that are published, as its {@link org.tidings.api.Streamed} says.
 *
 * @param payload the class
 * @param topic where to
 * @param type the {@code event:} field
 */
record StreamedType(Class<?> payload, TopicTemplate topic, EventType type) {}
