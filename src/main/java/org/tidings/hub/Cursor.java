package org.tidings.hub;

import org.tidings.api.EventId;

/** Where a subscriber wants to go on from. */
public sealed interface Cursor {
    /** From now on: nothing that was published before. */
    record Now() implements Cursor {}

    /** From the oldest event that the log has. */
    record Earliest() implements Cursor {}

    /** Behind this event. Whether the log knows it is another question. */
    record After(EventId id) implements Cursor {}

    /** What was given is not an id; the subscriber will be told by a {@code $gap}, never by an error. */
    record Malformed(String text) implements Cursor {}

    /** The same, but if there is a gap the subscriber wants to go on from now, and not from the oldest event. */
    record OrNow(Cursor asked) implements Cursor {}

    /** Reads a {@code Last-Event-ID}; empty means {@link Now}. */
    static Cursor parse(String text) {
        if (text.isEmpty()) {
            return new Now();
        }
        if (text.equals("earliest")) {
            return new Earliest();
        }
        return EventId.parse(text).<Cursor>map(After::new).orElseGet(() -> new Malformed(text));
    }
}
