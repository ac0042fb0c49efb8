package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.api.Rejections.assertRejected;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicMatcherTest {
    @ParameterizedTest
    @CsvSource({
        "a,         a,         true",
        "a,         b,         false",
        "a,         A,         false",
        "a,         a/b,       false",
        "a/b,       a,         false",
        "a/b,       a/b,       true",
        "*,         a,         true",
        "*,         a/b,       false",
        "a/*,       a/b,       true",
        "a/*,       a,         false",
        "a/*,       a/b/c,     false",
        "a/*,       b/b,       false",
        "*/b,       a/b,       true",
        "*/b,       a/c,       false",
        "*/b,       b,         false",
        "a/*/c,     a/b/c,     true",
        "a/*/c,     a/b/d,     false",
        "a/*/c,     a/b/b/c,   false",
        "*/*,       a/b,       true",
        "*/*,       a,         false",
        "**,        a,         true",
        "**,        a/b/c,     true",
        "a/**,      a,         true",
        "a/**,      a/b,       true",
        "a/**,      a/b/c,     true",
        "a/**,      ab,        false",
        "a/**,      ab/c,      false",
        "a/**,      b/a,       false",
        "a/b/**,    a,         false",
        "*/**,      a,         true",
        "*/**,      a/b/c,     true",
        "a/*/**,    a,         false",
        "a/*/**,    a/b,       true",
        "a/*/**,    a/b/c/d,   true",
        "*,         $a,        false",
        "**,        $a,        false",
        "**,        $a/b,      false",
        "*/b,       $a/b,      false",
        "a/*,       a/$b,      true",
        "a/**,      a/$b,      true",
        "$a,        $a,        true",
        "$a/*,      $a/b,      true",
        "a.c,       abc,       false",
        "a?,        ab,        false",
        "[ab],      a,         false",
        "(a|b)/*,   a/b,       false",
    })
    void aMatcherMatchesATopicOrDoesNot(String matcher, String topic, boolean matches) {
        assertThat(new TopicMatcher(matcher).matches(new TopicName(topic))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*", "*a", "a/b*", "***", "**/a", "a/**/b", "a/***", "/", "a/", "/*", "*/", "a//*", "../*", "*/.",
                "*\n"
            })
    void aMatcherThatBreaksTheGrammarIsRefused(String text) {
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> new TopicMatcher(text));
    }

    @Test
    void anEmptyMatcherIsMissing() {
        assertRejected(RejectionReason.TOPIC_MISSING, () -> new TopicMatcher(""));
    }

    @Test
    void aMatcherIsAsLongAsATopicMayBe() {
        assertThat(new TopicMatcher("x".repeat(510) + "/*").value()).hasSize(512);
        assertRejected(RejectionReason.TOPIC_TOO_LONG, () -> new TopicMatcher("x".repeat(511) + "/*"));
    }

    @Test
    void aMatcherWithoutWildcardIsExact() {
        assertThat(new TopicMatcher("a/b").isExact()).isTrue();
        assertThat(new TopicMatcher("a/*").isExact()).isFalse();
        assertThat(new TopicMatcher("**").isExact()).isFalse();
    }

    @Test
    void theSegmentsStandBetweenTheSlashes() {
        assertThat(new TopicMatcher("a/*/**").segments()).containsExactly("a", "*", "**");
        assertThat(new TopicMatcher("a").segments()).containsExactly("a");
    }
}
