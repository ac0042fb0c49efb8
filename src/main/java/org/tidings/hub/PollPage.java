package org.tidings.hub;

import java.util.List;
import java.util.Optional;
import org.tidings.api.Event;
import org.tidings.api.EventId;

/**
 * What one poll is answered with.
 *
 * @param events the events, oldest first
 * @param next the position to poll behind next
 * @param more whether more can be had at once
 * @param gap what is missing before the events, if anything may be
 */
public record PollPage(List<Event> events, EventId next, boolean more, Optional<Gap> gap) {}
