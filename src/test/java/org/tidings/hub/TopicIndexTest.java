package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;

class TopicIndexTest {
    private static final List<String> SEGMENTS = List.of("a", "b", "$s", "c");

    /** The index finds whom a look at every matcher would find, whatever came and went before. */
    @Property
    void itAgreesWithTheMatchers(@ForAll long seed) {
        var random = new Random(seed);
        var index = new TopicIndex<Integer>();
        Map<Integer, TopicMatcher> model = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(3) > 0 || model.isEmpty()) {
                model.put(i, matcher(random));
                index.add(List.of(model.get(i)), i);
            } else {
                int one = List.copyOf(model.keySet()).get(random.nextInt(model.size()));
                index.remove(List.of(model.remove(one)), one);
            }
            var topic = new TopicName(topic(random));
            Set<Integer> found = new HashSet<>();
            index.forEach(topic, found::add);
            Set<Integer> expected = new HashSet<>();
            model.forEach((subscriber, matcher) -> {
                if (matcher.matches(topic)) {
                    expected.add(subscriber);
                }
            });
            assertThat(found).as("topic %s, matchers %s", topic, model).isEqualTo(expected);
        }
        model.forEach((subscriber, matcher) -> index.remove(List.of(matcher), subscriber));
        assertThat(index.isEmpty())
                .as("nothing is left of topics without subscribers")
                .isTrue();
    }

    @Test
    void anEventVisitsItsOwnSubscribersOnly() {
        var index = new TopicIndex<Integer>();
        for (int i = 0; i < 10_000; i++) {
            index.add(List.of(new TopicMatcher("users/" + i), new TopicMatcher("rooms/" + i + "/*")), i);
        }
        var visited = new AtomicInteger();
        index.forEach(new TopicName("users/77"), subscriber -> visited.incrementAndGet());
        index.forEach(new TopicName("rooms/77/door"), subscriber -> visited.incrementAndGet());
        assertThat(visited).hasValue(2);
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        var index = new TopicIndex<String>();
        index.add(List.of(new TopicMatcher("a"), new TopicMatcher("a/*")), "one");
        index.remove(List.of(new TopicMatcher("a"), new TopicMatcher("a/*"), new TopicMatcher("b/**")), "other");
        var found = new ArrayList<String>();
        index.forEach(new TopicName("a"), found::add);
        index.forEach(new TopicName("a/b"), found::add);
        assertThat(found).containsExactly("one", "one");
    }

    private static TopicMatcher matcher(Random random) {
        var segments = new ArrayList<String>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            boolean last = i == depth - 1;
            int choice = random.nextInt(6);
            segments.add(choice == 0 ? "*" : choice == 1 && last ? "**" : SEGMENTS.get(random.nextInt(4)));
        }
        return new TopicMatcher(String.join("/", segments));
    }

    private static String topic(Random random) {
        var segments = new ArrayList<String>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            segments.add(SEGMENTS.get(random.nextInt(4)));
        }
        return String.join("/", segments);
    }
}
