package org.tidings.hub;

import java.util.List;
import org.tidings.api.EventId;
import org.tidings.api.TopicSelector;

/**
 * The outcome of a change to an open stream's topics.
 *
 * @param topics what the stream carries now
 * @param from events of the added topics behind this position are delivered
 * @param ended those of the added topics that were ended before it
 */
public record TopicChange(TopicSelector topics, EventId from, List<String> ended) {}
