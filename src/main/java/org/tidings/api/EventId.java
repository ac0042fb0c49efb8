package org.tidings.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands in the log, and so its identity: {@code <epoch>-<offset>}, the {@code id:} field and what a
 * client sends back as {@code Last-Event-ID}. The same on every node.
 *
 * @param epoch names the log that the offset counts in: 1 to 32 letters and digits; a new log has a new one
 * @param offset rises with every event of the log, not always by one; 0 is the position before the first event
 * @since 0.1
 */
public record EventId(String epoch, long offset) {
    private static final int MAX_EPOCH = 32;
    private static final Pattern FORM = Pattern.compile("([0-9A-Za-z]{1,32})-(0|[1-9][0-9]{0,17})");

    /** @throws IllegalArgumentException if the parts cannot be an id */
    public EventId {
        if (!isEpoch(epoch) || offset < 0) {
            throw new IllegalArgumentException("not an event id: epoch '" + epoch + "', offset " + offset);
        }
    }

    /** Reads what {@link #toString} writes; empty for anything else, however long. */
    public static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Without a pattern: each event that is read has an id. */
    private static boolean isEpoch(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_EPOCH;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    @Override
    public String toString() {
        return epoch + '-' + offset;
    }
}
