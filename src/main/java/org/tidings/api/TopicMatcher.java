package org.tidings.api;

import java.util.List;

/**
 * What a subscriber asks for: a topic, or a pattern in which a segment {@code *} stands for any one segment and a last
 * segment {@code **} for the rest, however long, the empty rest included ({@code orders/**} matches {@code orders}).
 *
 * <p>A wildcard in the first segment never matches a {@linkplain TopicName#isReserved() reserved} topic, so that
 * {@code **} does not subscribe to the hub's own events.
 *
 * @param value the text; at most {@value TopicName#MAX_LENGTH} characters
 * @since 0.1
 */
public record TopicMatcher(String value) {
    static final String ONE = "*";
    static final String REST = "**";

    /** @throws RejectedException if the text is neither a topic nor a pattern */
    public TopicMatcher {
        TopicSyntax.check(value, true);
    }

    /** Whether this matches one topic only, the one with the same text. */
    public boolean isExact() {
        return value.indexOf('*') < 0;
    }

    /** Whether this matches topics of the {@linkplain TopicName#isReserved() hub's own}, and no others. */
    public boolean isReserved() {
        return TopicSyntax.isReserved(value);
    }

    /** The segments between the slashes; never empty. */
    public List<String> segments() {
        return TopicSyntax.segments(value);
    }

    /** Whether an event of the topic is wanted. */
    public boolean matches(TopicName topic) {
        if (isExact()) {
            return value.equals(topic.value());
        }
        return !(value.startsWith("*") && topic.isReserved())
                && matches(segments(), TopicSyntax.segments(topic.value()));
    }

    private static boolean matches(List<String> pattern, List<String> topic) {
        for (int i = 0; i < pattern.size(); i++) {
            String segment = pattern.get(i);
            if (segment.equals(REST)) {
                return true;
            }
            if (i == topic.size() || !(segment.equals(ONE) || segment.equals(topic.get(i)))) {
                return false;
            }
        }
        return pattern.size() == topic.size();
    }

    @Override
    public String toString() {
        return value;
    }
}
