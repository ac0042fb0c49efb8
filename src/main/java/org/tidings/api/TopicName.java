package org.tidings.api;

/**
 * The address of an event: segments separated by {@code /}, such as {@code orders/42/items}.
 *
 * <p>At most {@value #MAX_LENGTH} characters, no empty segment, no {@code .} or {@code ..} segment (a URL would swallow
 * it), no {@code *} (that is for {@linkplain TopicMatcher matchers}) and no control character: a topic can be written
 * into a header, a URL, a log line and a frame as it is. Compared character by character.
 *
 * @param value the text
 * @since 0.1
 */
public record TopicName(String value) {
    /** The longest topic, in characters (UTF-16 code units). */
    public static final int MAX_LENGTH = 512;

    /** @throws RejectedException if the text is not a topic */
    public TopicName {
        TopicSyntax.check(value, false);
    }

    /**
     * Whether the topic is the hub's own (begins with {@code $}); applications can neither publish nor subscribe to it,
     * operators can subscribe.
     */
    public boolean isReserved() {
        return TopicSyntax.isReserved(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
