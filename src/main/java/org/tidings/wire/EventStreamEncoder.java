package org.tidings.wire;

import java.util.regex.Pattern;

/**
 * Writes blocks as {@code text/event-stream} (WHATWG HTML, 9.2.5 "Parsing an event stream", 9.2.6 "Interpreting an
 * event stream"). Stateless. A CR or CRLF in the data reaches the client as LF: the format has no other form.
 */
public final class EventStreamEncoder {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    /** Characters that a block has besides its data, as a rule. */
    private static final int FIELDS = 128;

    private EventStreamEncoder() {}

    /** Encodes the block once; the frame can be written to any number of connections. */
    public static Frame encode(StreamBlock block) {
        var text = new StringBuilder(FIELDS + block.data().map(String::length).orElse(0));
        block.comment().ifPresent(comment -> lines(text, "", comment));
        block.id().ifPresent(id -> field(text, "id", id));
        block.type().ifPresent(type -> field(text, "event", type));
        block.retry().ifPresent(time -> field(text, "retry", Long.toString(time.toMillis())));
        block.data().ifPresent(data -> lines(text, "data", data));
        return Frame.of(block, text.append('\n').toString());
    }

    /** The {@code data:} fields of a text, one for each of its lines. */
    public static String dataFields(String data) {
        var text = new StringBuilder();
        lines(text, "data", data);
        return text.toString();
    }

    /** Whether a text is more than one line. */
    public static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    private static void lines(StringBuilder text, String name, String value) {
        if (!hasLineBreak(value)) {
            field(text, name, value);
            return;
        }
        for (String line : LINE_BREAK.split(value, -1)) { // -1 keeps the empty last line of "a\n"
            field(text, name, line);
        }
    }

    /** With a space behind the colon, of which a parser strips one: a value's own leading space survives. */
    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }
}
