package org.tidings.hub;

import java.util.Optional;
import org.tidings.api.EventId;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;

/**
 * Where a subscriber goes on, and what it has to be told.
 *
 * @param position events behind this offset are for it
 * @param gap what may be missing before that
 */
record Resume(long position, Optional<Gap> gap) {
    /**
     * Looks the cursor up in the log. Takes no time: no event is read.
     *
     * @param now where {@link Cursor.Now} is
     */
    static Resume at(Cursor cursor, TopicSelector topics, EventLog log, long now) {
        long trimmed = log.trimmed(topics);
        return cursor instanceof Cursor.OrNow orNow
                ? at(orNow.asked(), log, now, trimmed, now)
                : at(cursor, log, now, trimmed, trimmed);
    }

    /** @param otherwise the position if the asked one cannot be had */
    private static Resume at(Cursor cursor, EventLog log, long now, long trimmed, long otherwise) {
        if (cursor instanceof Cursor.Now) {
            return new Resume(now, Optional.empty());
        }
        if (cursor instanceof Cursor.Malformed malformed) {
            return gap(Gap.Reason.MALFORMED, malformed.text(), log, otherwise);
        }
        if (cursor instanceof Cursor.After after) {
            return at(after.id(), log, trimmed, otherwise);
        }
        return new Resume(trimmed, Optional.empty());
    }

    private static Resume at(EventId id, EventLog log, long trimmed, long otherwise) {
        if (!id.epoch().equals(log.epoch())) {
            return gap(Gap.Reason.FOREIGN, id.toString(), log, otherwise);
        }
        if (id.offset() > log.end()) {
            return gap(Gap.Reason.FUTURE, id.toString(), log, otherwise);
        }
        if (id.offset() < trimmed) {
            return gap(Gap.Reason.EXPIRED, id.toString(), log, otherwise);
        }
        return new Resume(id.offset(), Optional.empty());
    }

    private static Resume gap(Gap.Reason reason, String asked, EventLog log, long otherwise) {
        return new Resume(otherwise, Optional.of(new Gap(reason, asked, new EventId(log.epoch(), otherwise))));
    }
}
