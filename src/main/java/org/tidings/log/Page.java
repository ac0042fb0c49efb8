package org.tidings.log;

import java.util.List;
import org.tidings.api.Event;

/**
 * A stretch of the log, as a reader of some topics sees it.
 *
 * @param events the events of the topics, oldest first
 * @param through the offset up to which the log was looked through: go on from here. At least the {@code after} that
 *     was asked
 * @param lostThrough if greater than the {@code after} that was asked: events behind {@code after} and up to here have
 *     been removed and may have been of the topics. Never greater than {@code through}
 * @param end the log's end when the page was read: the reader has caught up if {@code through} is no less
 */
public record Page(List<Event> events, long through, long lostThrough, long end) {
    public Page {
        events = List.copyOf(events);
        if (lostThrough > through || through > end) {
            throw new IllegalArgumentException(
                    "lost through %d, looked through %d, end %d".formatted(lostThrough, through, end));
        }
    }

    /**
     * The offset behind which the page goes on after its loss: nothing that it has is lost again for who resumes there.
     */
    public long resumed() {
        return events.isEmpty()
                ? lostThrough
                : Math.min(lostThrough, events.get(0).id().offset() - 1);
    }
}
