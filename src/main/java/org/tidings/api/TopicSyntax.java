package org.tidings.api;

import java.util.List;

/** The grammar that {@link TopicName} and {@link TopicMatcher} share. */
final class TopicSyntax {
    private TopicSyntax() {}

    static void check(String text, boolean wildcards) {
        if (text.isEmpty()) {
            throw new RejectedException(RejectionReason.TOPIC_MISSING, "the topic is empty");
        }
        if (text.length() > TopicName.MAX_LENGTH) {
            throw new RejectedException(
                    RejectionReason.TOPIC_TOO_LONG,
                    "the topic has %d characters, the limit is %d".formatted(text.length(), TopicName.MAX_LENGTH));
        }
        checkCharacters(text);
        List<String> segments = segments(text);
        for (int i = 0; i < segments.size(); i++) {
            checkSegment(text, segments.get(i), i == segments.size() - 1, wildcards);
        }
    }

    static boolean isReserved(String text) {
        return text.charAt(0) == '$';
    }

    static List<String> segments(String text) {
        return List.of(text.split("/", -1));
    }

    private static void checkCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw malformed(Text.quote(text) + " has a control character at position " + (i + 1));
            }
        }
        if (Text.unpairedSurrogate(text) >= 0) {
            throw malformed(Text.quote(text) + " has half of a surrogate pair");
        }
    }

    private static void checkSegment(String text, String segment, boolean last, boolean wildcards) {
        if (segment.isEmpty()) {
            throw malformed(Text.quote(text) + " has an empty segment: no slash at the ends, no two in a row");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw malformed(Text.quote(text) + " has a segment '" + segment + "', which URLs resolve away");
        }
        if (segment.indexOf('*') < 0) {
            return;
        }
        if (!wildcards) {
            throw malformed(Text.quote(text) + " has a '*': wildcards are for subscribers");
        }
        boolean wildcard = segment.equals(TopicMatcher.ONE) || (segment.equals(TopicMatcher.REST) && last);
        if (!wildcard) {
            throw malformed(Text.quote(text)
                    + " has a wildcard out of place: '*' stands for a whole segment, '**' for the last ones");
        }
    }

    private static RejectedException malformed(String detail) {
        return new RejectedException(RejectionReason.TOPIC_MALFORMED, "the topic " + detail);
    }
}
