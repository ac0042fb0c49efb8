package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tidings.api.Rejections.assertRejected;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicSelectorTest {
    @Test
    void anyOfItsMatchersIsEnough() {
        var selector = TopicSelector.parse(List.of("a", "b/*"));

        assertThat(selector.matches(new TopicName("a"))).isTrue();
        assertThat(selector.matches(new TopicName("b/c"))).isTrue();
        assertThat(selector.matches(new TopicName("b"))).isFalse();
    }

    @Test
    void eachMatcherIsKeptOnceInTheOrderGiven() {
        assertThat(TopicSelector.parse(List.of("c/*", "b", "c/*", "a", "b")).matchers())
                .extracting(TopicMatcher::value)
                .containsExactly("c/*", "b", "a");
    }

    @Test
    void namesAndPatternsAreTold() {
        var selector = TopicSelector.parse(List.of("a", "b/*", "c", "**"));

        assertThat(selector.exact()).containsExactlyInAnyOrder("a", "c");
        assertThat(selector.patterns()).extracting(TopicMatcher::value).containsExactly("b/*", "**");
    }

    @Test
    void aHundredMatchersAreTakenAndOneMoreIsNot() {
        List<String> hundred = new ArrayList<>(
                IntStream.range(0, 100).mapToObj(i -> "topic/" + i).toList());
        assertThat(TopicSelector.parse(hundred).matchers()).hasSize(100);

        hundred.add("topic/100");
        assertRejected(RejectionReason.TOO_MANY_TOPICS, () -> TopicSelector.parse(hundred));
    }

    @Test
    void aMatcherSaidAgainDoesNotCount() {
        assertThat(TopicSelector.parse(Collections.nCopies(101, "a")).matchers())
                .hasSize(1);
    }

    @Test
    void noMatcherAtAllIsRefused() {
        assertRejected(RejectionReason.TOPIC_MISSING, () -> TopicSelector.parse(List.of()));
    }

    @Test
    void theHubsOwnTopicsAreRefused() {
        assertRejected(RejectionReason.TOPIC_RESERVED, () -> TopicSelector.parse(List.of("a", "$hub")));
        assertRejected(RejectionReason.TOPIC_RESERVED, () -> TopicSelector.parse(List.of("$hub/**")));
    }

    @Test
    void oneMalformedMatcherIsEnoughToBeRefused() {
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> TopicSelector.parse(List.of("a", "b//c")));
    }

    @Test
    void selectorsOfTheSameMatchersAreEqual() {
        var selector = TopicSelector.parse(List.of("a", "b/*"));

        assertThat(selector)
                .isEqualTo(TopicSelector.parse(List.of("b/*", "a")))
                .hasSameHashCodeAs(TopicSelector.parse(List.of("b/*", "a")));
        assertThat(selector).isNotEqualTo(TopicSelector.parse(List.of("a")));
    }

    @Test
    void whatItTellsCannotBeChanged() {
        var selector = TopicSelector.parse(List.of("a", "b/*"));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> selector.matchers().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> selector.exact().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> selector.patterns().clear());
    }
}
