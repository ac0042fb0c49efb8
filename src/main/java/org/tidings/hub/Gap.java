package org.tidings.hub;

import org.tidings.api.EventId;

/**
 * Tells a subscriber that it may have missed events, why, and where it goes on. What {@code $gap} carries.
 *
 * @param reason why
 * @param asked the position that could not be served, as the subscriber gave it (shortened), or where it stood
 * @param resumed the position behind which it goes on
 */
public record Gap(Reason reason, String asked, EventId resumed) {
    private static final int ASKED = 100;

    /** Shortens what was asked: it is the client's text and goes back to it. */
    public Gap {
        asked = asked.length() > ASKED ? asked.substring(0, ASKED) : asked;
    }

    /** Why events may be missing. */
    public enum Reason {
        /** Retention has removed events behind the position. */
        EXPIRED("expired"),
        /** The position is of another log: of another server, or from before the log was lost. */
        FOREIGN("foreign"),
        /** The position is ahead of the log, which has lost its end. */
        FUTURE("future"),
        /** The position is not an event id. */
        MALFORMED("malformed"),
        /** The subscriber was slow, and the topic keeps only the latest event for it. */
        CONFLATED("conflated");

        private final String slug;

        Reason(String slug) {
            this.slug = slug;
        }

        /** The stable name, in kebab case. */
        public String slug() {
            return slug;
        }
    }
}
