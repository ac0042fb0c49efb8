package org.tidings.api;

/** Checks on text that goes to the wire. */
final class Text {
    private static final int QUOTED = 80;

    private Text() {}

    /** The index of the first half of a surrogate pair that stands alone (UTF-8 has no form for it), or -1. */
    static int unpairedSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alone = Character.isHighSurrogate(c)
                    ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                    : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
            if (alone) {
                return i;
            }
        }
        return -1;
    }

    /** The length in UTF-8, in bytes, of a text without unpaired surrogates. */
    static long utf8Length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A pair is 4 bytes for 2 characters, everything else from U+0800 on 3 for 1.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /**
     * For messages: in quotes, shortened, without control characters (a log line must stay one line, a terminal as it
     * is).
     */
    static String quote(String text) {
        String shown = text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
        return '\'' + shown.replaceAll("[\\p{Cc}\\p{Cs}\u2028\u2029]", "\uFFFD") + '\'';
    }
}
