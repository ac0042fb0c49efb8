package org.tidings.wire;

/**
 * Writes JSON (RFC 8259) where plain Java has to do it itself: member by member, in the order of the calls. Whoever
 * opens an object or an array closes it. For one thread.
 */
public final class JsonWriter {
    private final StringBuilder text = new StringBuilder();

    /** Begins an object: an element, or the value of the name before it. */
    public JsonWriter object() {
        next().append('{');
        return this;
    }

    /** Begins an array. */
    public JsonWriter array() {
        next().append('[');
        return this;
    }

    /** Ends what was begun last, which is an object. */
    public JsonWriter endObject() {
        text.append('}');
        return this;
    }

    /** Ends what was begun last, which is an array. */
    public JsonWriter endArray() {
        text.append(']');
        return this;
    }

    /** The name of the member whose value comes next. */
    public JsonWriter name(String name) {
        Json.append(next(), name);
        text.append(':');
        return this;
    }

    /** A member that is a text. */
    public JsonWriter member(String name, String value) {
        return name(name).element(value);
    }

    /** A member that is a number. */
    public JsonWriter member(String name, long value) {
        name(name).next().append(value);
        return this;
    }

    /** A member that is a number; neither infinite nor none. */
    public JsonWriter member(String name, double value) {
        name(name).next().append(value);
        return this;
    }

    /** An element that is a text. */
    public JsonWriter element(String value) {
        Json.append(next(), value);
        return this;
    }

    /** What was written. */
    @Override
    public String toString() {
        return text.toString();
    }

    /** Where the next name, element or value goes. */
    private StringBuilder next() {
        // What ends a value is none of these: a string ends with its quote.
        if (!text.isEmpty() && "{[:".indexOf(text.charAt(text.length() - 1)) < 0) {
            text.append(',');
        }
        return text;
    }
}
