package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.api.Rejections.assertRejected;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "orders/42/items",
                "a b",
                " ",
                "...",
                "a./.b",
                "\u00e9/\ud83d\ude00",
                "100%",
                "a?b#c",
                "$hub/x",
                "{x}"
            })
    void aTopicIsKeptAsItIs(String text) {
        assertThat(new TopicName(text).value()).isEqualTo(text);
        assertThat(new TopicName(text)).hasToString(text);
    }

    @Test
    void anEmptyTopicIsMissing() {
        assertRejected(RejectionReason.TOPIC_MISSING, () -> new TopicName(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/a", "a/", "a//b", ".", "..", "a/./b", "../a", "a/..", "*", "a/*", "a/**", "a*", "a/b*c"})
    void aTopicThatBreaksTheGrammarIsRefused(String text) {
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicName(text));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\t", "a\u007f", "a\u0085b", "a\u2028b", "a\u2029b"})
    void aTopicWithAControlCharacterIsRefused(String text) {
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicName(text));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(chars = {'\ud83d', '\ude00'})
    void halfOfASurrogatePairIsRefused(char half) {
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicName("a" + half));
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicName(half + "a"));
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicName("\ud83d\ude00" + half));
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicName(half + "/" + half));
    }

    @Test
    void theLongestTopicIsTakenAndOneCharacterMoreIsNot() {
        assertThat(new TopicName("x".repeat(512)).value()).hasSize(512);
        assertRejected(RejectionReason.TOPIC_TOO_LONG, () -> new TopicName("x".repeat(513)));
    }

    @Test
    void aTopicThatBeginsWithADollarIsTheHubsOwn() {
        assertThat(new TopicName("$a").isReserved()).isTrue();
        assertThat(new TopicName("a/$b").isReserved()).isFalse();
    }

    @Test
    void topicsAreComparedCharacterByCharacter() {
        assertThat(new TopicName("a")).isEqualTo(new TopicName("a")).isNotEqualTo(new TopicName("A"));
        assertThat(new TopicName("\u00e9")).isNotEqualTo(new TopicName("e\u0301"));
    }
}
