package org.tidings.api;

/**
 * The {@code event:} field of an event, what {@code EventSource.addEventListener} is called with.
 *
 * <p>Not empty, at most {@value #MAX_LENGTH} characters, no control character: CR, LF or NUL would forge another field
 * (WHATWG HTML, 9.2.6).
 *
 * @param value the text
 * @since 0.1
 */
public record EventType(String value) {
    /** The longest type, in characters (UTF-16 code units). */
    public static final int MAX_LENGTH = 128;

    /** @throws RejectedException if the text is not an event type */
    public EventType {
        if (value.isEmpty()) {
            throw new RejectedException(
                    RejectionReason.TYPE_MALFORMED, "the event type is empty; leave it out instead");
        }
        if (value.length() > MAX_LENGTH) {
            throw new RejectedException(
                    RejectionReason.TYPE_TOO_LONG,
                    "the event type has %d characters, the limit is %d".formatted(value.length(), MAX_LENGTH));
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')
                || Text.unpairedSurrogate(value) >= 0) {
            throw new RejectedException(
                    RejectionReason.TYPE_MALFORMED,
                    "the event type " + Text.quote(value) + " has a control character or half of a surrogate pair");
        }
    }

    /** Whether the type is the hub's own (begins with {@code $}); applications cannot publish it. */
    public boolean isReserved() {
        return value.charAt(0) == '$';
    }

    @Override
    public String toString() {
        return value;
    }
}
