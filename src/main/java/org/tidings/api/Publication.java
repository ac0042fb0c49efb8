package org.tidings.api;

import java.util.Optional;

/**
 * An event that is to be published: all but its id and time.
 *
 * @param topic where to
 * @param type the {@code event:} field; without one a browser hears it as {@code message}
 * @param data any text of at most {@value #MAX_DATA_BYTES} bytes in UTF-8. A CR or CRLF in it reaches a stream's
 *     subscriber as LF: the format has no other form (WHATWG HTML, 9.2.6)
 * @since 0.1
 */
public record Publication(TopicName topic, Optional<EventType> type, String data) {
    /** The largest data of an event, in bytes of UTF-8. */
    public static final int MAX_DATA_BYTES = 256 * 1024;

    /** @throws RejectedException if the data is too large or is not encodable text */
    public Publication {
        if (Text.unpairedSurrogate(data) >= 0) {
            throw new RejectedException(
                    RejectionReason.DATA_MALFORMED, "the data has half of a surrogate pair, which UTF-8 cannot carry");
        }
        // A text of n characters has at most 3n bytes: most are let through without counting.
        if (data.length() > MAX_DATA_BYTES / 3 && Text.utf8Length(data) > MAX_DATA_BYTES) {
            throw new RejectedException(
                    RejectionReason.DATA_TOO_LARGE,
                    "the data has %d bytes, the limit is %d".formatted(Text.utf8Length(data), MAX_DATA_BYTES));
        }
    }

    /**
     * An event without a type.
     *
     * @throws RejectedException if the topic or the data breaks a limit
     */
    public static Publication of(String topic, String data) {
        return new Publication(new TopicName(topic), Optional.empty(), data);
    }

    /**
     * An event with a type.
     *
     * @throws RejectedException if the topic, the type or the data breaks a limit
     */
    public static Publication of(String topic, String type, String data) {
        return new Publication(new TopicName(topic), Optional.of(new EventType(type)), data);
    }
}
