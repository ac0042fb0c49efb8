package org.tidings.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The matchers of one subscriber, ready for asking whether an event is wanted. Keeps their order; says each once.
 *
 * @since 0.1
 */
public final class TopicSelector {
    /** The most matchers that one subscriber may have. */
    public static final int MAX_MATCHERS = 100;

    private final List<TopicMatcher> matchers; // there is one selector for each connection: a list is small
    private final Set<String> exact;
    private final List<TopicMatcher> patterns;

    private TopicSelector(Collection<TopicMatcher> given) {
        this.matchers = given.size() == 1 ? List.copyOf(given) : List.copyOf(new LinkedHashSet<>(given));
        var named = new HashSet<String>();
        var wild = new ArrayList<TopicMatcher>(0);
        for (TopicMatcher matcher : matchers) {
            if (matcher.isExact()) {
                named.add(matcher.value());
            } else {
                wild.add(matcher);
            }
        }
        this.exact = Set.copyOf(named);
        this.patterns = List.copyOf(wild);
    }

    /**
     * Reads matchers as a subscriber wrote them.
     *
     * @throws RejectedException if one is malformed or reserved, if there is none, or if there are more than
     *     {@value #MAX_MATCHERS}
     */
    public static TopicSelector parse(Collection<String> texts) {
        return of(texts.stream().map(TopicMatcher::new).toList());
    }

    /** @throws RejectedException as {@link #parse} does */
    public static TopicSelector of(Collection<TopicMatcher> matchers) {
        for (TopicMatcher matcher : matchers) {
            if (matcher.isReserved()) {
                throw new RejectedException(
                        RejectionReason.TOPIC_RESERVED,
                        "the topic " + Text.quote(matcher.value()) + " begins with '$', which is for the hub's own");
            }
        }
        return ofAny(matchers);
    }

    /**
     * As {@link #of}, with the hub's own topics too: for who has seen to it that they may be heard.
     *
     * @throws RejectedException if there is no matcher, or if there are more than {@value #MAX_MATCHERS}
     */
    public static TopicSelector ofAny(Collection<TopicMatcher> matchers) {
        if (matchers.isEmpty()) {
            throw new RejectedException(RejectionReason.TOPIC_MISSING, "no topic is given");
        }
        var selector = new TopicSelector(matchers);
        if (selector.matchers.size() > MAX_MATCHERS) {
            throw new RejectedException(
                    RejectionReason.TOO_MANY_TOPICS,
                    "%d topics are asked for, the limit is %d on one stream"
                            .formatted(selector.matchers.size(), MAX_MATCHERS));
        }
        return selector;
    }

    /** The matchers, in the order in which they were given, each once. */
    public List<TopicMatcher> matchers() {
        return matchers;
    }

    /** The topics that are named in full. */
    public Set<String> exact() {
        return exact;
    }

    /** The matchers with a wildcard. */
    public List<TopicMatcher> patterns() {
        return patterns;
    }

    /** Whether any of the matchers wants events of the topic. */
    public boolean matches(TopicName topic) {
        if (exact.contains(topic.value())) {
            return true;
        }
        for (TopicMatcher pattern : patterns) {
            if (pattern.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicSelector that
                && exact.equals(that.exact)
                && (patterns.equals(that.patterns) || Set.copyOf(patterns).equals(Set.copyOf(that.patterns)));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (TopicMatcher matcher : matchers) {
            hash += matcher.hashCode(); // in whatever order
        }
        return hash;
    }

    @Override
    public String toString() {
        return matchers.toString();
    }
}
