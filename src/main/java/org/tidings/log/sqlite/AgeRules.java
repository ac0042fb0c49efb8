package org.tidings.log.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.Retention;

/**
 * How long which topics are kept: the first rule that matches counts, the last one matches all. A rule is known by its
 * index. Immutable.
 */
final class AgeRules {
    private static final TopicMatcher ALL = new TopicMatcher("**");

    private final List<Retention.TopicAge> rules;

    private AgeRules(List<Retention.TopicAge> rules) {
        this.rules = rules;
    }

    static AgeRules of(Retention retention) {
        var rules = new ArrayList<>(retention.topics());
        rules.add(new Retention.TopicAge(ALL, retention.age()));
        return new AgeRules(List.copyOf(rules));
    }

    int size() {
        return rules.size();
    }

    /** In milliseconds; an age that long goes for ever. */
    long age(int rule) {
        Duration age = rules.get(rule).age();
        return age.compareTo(Duration.ofMillis(Long.MAX_VALUE)) < 0 ? age.toMillis() : Long.MAX_VALUE;
    }

    String name(int rule) {
        return rules.get(rule).matcher().value();
    }

    /** The rule for a topic. */
    int of(TopicName topic) {
        int rule = 0;
        while (rule < rules.size() - 1 && !rules.get(rule).matcher().matches(topic)) {
            rule++;
        }
        return rule;
    }

    /** The rules that may be for a topic of the selector; one too many, rather than one too few. */
    IntStream of(TopicSelector topics) {
        if (rules.size() == 1) {
            return IntStream.of(0);
        }
        return topics.patterns().isEmpty()
                ? topics.exact().stream()
                        .mapToInt(topic -> of(new TopicName(topic)))
                        .distinct()
                : IntStream.range(0, rules.size()).filter(rule -> topics.matchers().stream()
                        .anyMatch(matcher -> overlap(matcher, rules.get(rule).matcher())));
    }

    /**
     * Up to where each rule has removed events, from what is on record for the rules that there were before: a topic
     * that changed its rule takes the old one's losses along.
     */
    Map<String, Long> losses(Map<String, Long> recorded) {
        Set<String> names = rules.stream().map(rule -> rule.matcher().value()).collect(Collectors.toSet());
        if (recorded.keySet().equals(names)) {
            return recorded;
        }
        return names.stream().collect(Collectors.toMap(name -> name, name -> recorded.entrySet().stream()
                .filter(entry -> overlap(new TopicMatcher(entry.getKey()), new TopicMatcher(name)))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0)));
    }

    /** Whether there can be a topic that both match. */
    static boolean overlap(TopicMatcher one, TopicMatcher other) {
        List<String> left = one.segments();
        List<String> right = other.segments();
        for (int i = 0; ; i++) {
            String l = i < left.size() ? left.get(i) : "";
            String r = i < right.size() ? right.get(i) : "";
            if (l.equals("**") || r.equals("**")) {
                return true;
            }
            if (!l.equals(r) && !(l.equals("*") && !r.isEmpty()) && !(r.equals("*") && !l.isEmpty())) {
                return false;
            }
            if (l.isEmpty()) {
                return true;
            }
        }
    }
}
