package org.tidings.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tidings.api.RejectedException;
import org.tidings.api.TopicMatcher;
import org.tidings.hub.OverflowPolicy;
import org.tidings.hub.TopicRule;

/**
 * Reads {@code tidings.topic."prices/**".overflow}. The configuration has no order but the first rule that matches
 * counts, so they are put in one: topics named in full first, then longer patterns before shorter ones.
 */
final class TopicRules {
    static final String PREFIX = "tidings.topic.\"";
    static final String SUFFIX = "\".overflow";

    private static final Comparator<TopicRule> SPECIFIC_FIRST = Comparator.comparing(
                    (TopicRule rule) -> !rule.topics().isExact())
            .thenComparing(rule -> -rule.topics().segments().size())
            .thenComparing(rule -> -rule.topics().value().length())
            .thenComparing(rule -> rule.topics().value());

    private TopicRules() {}

    static boolean isKey(String key) {
        return key.startsWith(PREFIX) && key.endsWith(SUFFIX) && key.length() >= PREFIX.length() + SUFFIX.length();
    }

    static List<TopicRule> read(Reading reading) {
        var rules = new ArrayList<TopicRule>();
        for (String key : reading.names()) {
            if (isKey(key)) {
                OverflowPolicy overflow = reading.value(
                        key,
                        OverflowPolicy.CATCH_UP,
                        Texts.constants(OverflowPolicy.class),
                        text -> Texts.constant(OverflowPolicy.class, text));
                topics(reading, key).ifPresent(topics -> rules.add(new TopicRule(topics, overflow)));
            }
        }
        rules.sort(SPECIFIC_FIRST);
        return rules;
    }

    private static Optional<TopicMatcher> topics(Reading reading, String key) {
        String text = key.substring(PREFIX.length(), key.length() - SUFFIX.length());
        try {
            return Optional.of(new TopicMatcher(text));
        } catch (RejectedException e) {
            reading.wrong(key, text, "a topic or a pattern; " + e.getMessage());
            return Optional.empty();
        }
    }
}
