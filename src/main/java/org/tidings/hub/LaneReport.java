package org.tidings.hub;

import java.util.List;
import java.util.Map;
import org.tidings.api.TopicMatcher;

/**
 * How a lane's streams are.
 *
 * @param slowest some of them, in the order of {@link ConnectionReport#SLOWEST_FIRST}
 * @param subscriptions how many streams ask for each topic and pattern of applications
 */
record LaneReport(List<ConnectionReport> slowest, Map<TopicMatcher, Integer> subscriptions) {}
