package org.tidings.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;

/** A topic with properties of the payload in it, such as <code>orders/{orderId}</code>, ready for one class. */
final class TopicTemplate {
    private static final Pattern PART = Pattern.compile("\\{([^{}]*)}|[^{}]+");

    private final List<Function<Object, String>> parts;

    private TopicTemplate(List<Function<Object, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Checks all that can be known before there is a payload.
     *
     * @param problems takes what is wrong, each the second half of a sentence; then the template is of no use
     */
    static TopicTemplate compile(String text, Class<?> payload, Consumer<String> problems) {
        try {
            // A brace is an ordinary character of a topic, so the template itself shows what surrounds the properties.
            requireNotReserved(new TopicName(text));
        } catch (RejectedException e) {
            problems.accept(e.getMessage());
        }
        var properties = new PayloadProperties(payload);
        var parts = new ArrayList<Function<Object, String>>();
        Matcher part = PART.matcher(text);
        int position = 0;
        while (part.region(position, text.length()).lookingAt()) {
            parts.add(part(part.group(), part.group(1), properties, problems));
            position = part.end();
        }
        if (position < text.length()) {
            problems.accept("the brace at position " + (position + 1) + " has no partner");
        }
        return new TopicTemplate(parts);
    }

    /** @param property {@code null} if the text is to stay as it is */
    private static Function<Object, String> part(
            String text, String property, PayloadProperties properties, Consumer<String> problems) {
        if (property == null) {
            return payload -> text;
        }
        if (!properties.names().contains(property)) {
            problems.accept("the class has no property '" + property + "'; " + listed(properties));
        }
        return payload -> segment(property, properties.read(property, payload), payload);
    }

    /** @throws RejectedException if a property is null or does not fit into one segment */
    TopicName expand(Object payload) {
        var topic = new StringBuilder();
        parts.forEach(part -> topic.append(part.apply(payload)));
        return requireNotReserved(new TopicName(topic.toString()));
    }

    static TopicName requireNotReserved(TopicName topic) {
        if (topic.isReserved()) {
            throw new RejectedException(
                    RejectionReason.TOPIC_RESERVED,
                    "the topic '" + topic + "' begins with '$', which is for the hub's own");
        }
        return topic;
    }

    /** Says what TopicName cannot see in the finished topic; everything else that is wrong with a value it finds. */
    private static String segment(String property, Object value, Object payload) {
        String text = value == null ? "" : value.toString();
        if (text.isEmpty() || text.indexOf('/') >= 0) {
            throw new RejectedException(
                    RejectionReason.TOPIC_MALFORMED,
                    "the property '%s' of the payload %s %s: it cannot stand in one segment of a topic"
                            .formatted(property, payload.getClass().getName(), fault(value, text)));
        }
        return text;
    }

    private static String fault(Object value, String text) {
        if (value == null) {
            return "is null";
        }
        return text.isEmpty() ? "is empty" : "has a '/'";
    }

    private static String listed(PayloadProperties properties) {
        return properties.names().isEmpty() ? "it has none" : "it has " + String.join(", ", properties.names());
    }
}
