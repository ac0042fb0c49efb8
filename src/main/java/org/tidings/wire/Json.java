package org.tidings.wire;

/** JSON strings (RFC 8259, 7), for {@link JsonWriter}. */
final class Json {
    private Json() {}

    /** Appends the text as a JSON string with its quotes; control characters and line separators are escaped. */
    static void append(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
