package org.tidings.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;

/**
 * Who wants which topic. Exact topics are found by hash, patterns in a tree by segment, so that an event costs what its
 * topic's depth and its subscribers cost, however many others there are. Forgets a topic with its last subscriber.
 *
 * <p>For the lane's thread; must not be changed while {@link #forEach} runs.
 *
 * @param <S> the subscribers, compared by identity or equality; one may have any number of matchers
 */
final class TopicIndex<S> {
    private static final String ONE = "*";
    private static final String REST = "**";

    private final Map<String, Set<S>> exact = new HashMap<>();
    private final Node<S> patterns = new Node<>();

    void add(Collection<TopicMatcher> matchers, S subscriber) {
        for (TopicMatcher matcher : matchers) {
            if (matcher.isExact()) {
                exact.computeIfAbsent(matcher.value(), topic -> new LinkedHashSet<>())
                        .add(subscriber);
            } else {
                patterns.add(matcher.segments(), subscriber);
            }
        }
    }

    void remove(Collection<TopicMatcher> matchers, S subscriber) {
        for (TopicMatcher matcher : matchers) {
            if (matcher.isExact()) {
                exact.computeIfPresent(
                        matcher.value(), (topic, all) -> all.remove(subscriber) && all.isEmpty() ? null : all);
            } else {
                patterns.remove(matcher.segments(), subscriber);
            }
        }
    }

    /** Calls the action for each subscriber of the topic, once for each of its matchers that matches. */
    void forEach(TopicName topic, Consumer<S> action) {
        exact.getOrDefault(topic.value(), Set.of()).forEach(action);
        if (!patterns.isEmpty()) {
            patterns.forEach(List.of(topic.value().split("/", -1)), !topic.isReserved(), action);
        }
    }

    boolean isEmpty() {
        return exact.isEmpty() && patterns.isEmpty();
    }

    /** What stands behind a prefix of patterns: the ones that end here, and the next segments. */
    private static final class Node<S> {
        private final Set<S> here = new LinkedHashSet<>();
        private final Map<String, Node<S>> next = new HashMap<>();

        void add(List<String> segments, S subscriber) {
            if (segments.isEmpty()) {
                here.add(subscriber);
                return;
            }
            next.computeIfAbsent(segments.get(0), segment -> new Node<>()).add(tail(segments), subscriber);
        }

        void remove(List<String> segments, S subscriber) {
            if (segments.isEmpty()) {
                here.remove(subscriber);
                return;
            }
            next.computeIfPresent(segments.get(0), (segment, node) -> {
                node.remove(tail(segments), subscriber);
                return node.isEmpty() ? null : node;
            });
        }

        /** @param wildcards whether a wildcard may stand here: not in front of a reserved topic */
        void forEach(List<String> segments, boolean wildcards, Consumer<S> action) {
            Node<S> rest = wildcards ? next.get(REST) : null;
            if (rest != null) {
                rest.here.forEach(action);
            }
            if (segments.isEmpty()) {
                here.forEach(action);
                return;
            }
            Node<S> one = wildcards ? next.get(ONE) : null;
            if (one != null) {
                one.forEach(tail(segments), true, action);
            }
            Node<S> named = next.get(segments.get(0));
            if (named != null) {
                named.forEach(tail(segments), true, action);
            }
        }

        boolean isEmpty() {
            return here.isEmpty() && next.isEmpty();
        }

        private static List<String> tail(List<String> segments) {
            return segments.subList(1, segments.size());
        }
    }
}
