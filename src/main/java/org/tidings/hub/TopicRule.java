package org.tidings.hub;

import org.tidings.api.TopicMatcher;

/** An overflow policy for the topics that a matcher matches. */
public record TopicRule(TopicMatcher topics, OverflowPolicy overflow) {}
