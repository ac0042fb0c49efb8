package org.tidings.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tidings.api.RejectedException;
import org.tidings.api.TopicMatcher;

/**
 * Reads keys such as {@code tidings.topic."prices/**".overflow}. The configuration has no order but the first rule that
 * matches counts, so they are put in one: topics named in full first, then longer patterns before shorter ones.
 *
 * @param suffix what is set
 */
record TopicRules(String suffix) {
    static final TopicRules OVERFLOW = new TopicRules("\".overflow");
    static final TopicRules RETENTION = new TopicRules("\".retention");

    private static final String PREFIX = "tidings.topic.\"";

    private static final Comparator<TopicMatcher> SPECIFIC_FIRST = Comparator.comparing(
                    (TopicMatcher topics) -> !topics.isExact())
            .thenComparing(topics -> -topics.segments().size())
            .thenComparing(topics -> -topics.value().length())
            .thenComparing(TopicMatcher::value);

    boolean isKey(String key) {
        return key.startsWith(PREFIX) && key.endsWith(suffix) && key.length() >= PREFIX.length() + suffix.length();
    }

    /** How such a key looks, for messages. */
    String form() {
        return PREFIX + "…" + suffix;
    }

    /** Makes a rule of each key's topics and value, as {@link Reading#value} reads it. */
    <T, R> List<R> read(
            Reading reading,
            T byDefault,
            String allowed,
            Function<String, Optional<T>> parser,
            BiFunction<TopicMatcher, T, R> rule) {
        List<Read<T>> found = new ArrayList<>();
        for (String key : reading.names()) {
            if (isKey(key)) {
                T value = reading.value(key, byDefault, allowed, parser);
                topics(reading, key).ifPresent(topics -> found.add(new Read<>(topics, value)));
            }
        }
        found.sort(Comparator.comparing(Read::topics, SPECIFIC_FIRST));
        return found.stream()
                .map(read -> rule.apply(read.topics(), read.value()))
                .toList();
    }

    private Optional<TopicMatcher> topics(Reading reading, String key) {
        String text = key.substring(PREFIX.length(), key.length() - suffix.length());
        try {
            return Optional.of(new TopicMatcher(text));
        } catch (RejectedException e) {
            reading.wrong(key, text, "a topic or a pattern; " + e.getMessage());
            return Optional.empty();
        }
    }

    private record Read<T>(TopicMatcher topics, T value) {}
}
