package org.tidings.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.Publication;

/** What a batch becomes, for the engine that appends it. */
public final class NewEvents {
    private NewEvents() {}

    /**
     * Its events, at the offsets that come next.
     *
     * @param end the log's
     * @param now their time, of which milliseconds are kept
     */
    public static List<Event> of(List<Publication> batch, String epoch, long end, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        var events = new ArrayList<Event>(batch.size());
        for (Publication publication : batch) {
            var id = new EventId(epoch, end + events.size() + 1);
            events.add(new Event(id, publication.topic(), publication.type(), publication.data(), time));
        }
        return List.copyOf(events);
    }
}
