package org.tidings.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.EventId;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.hub.TopicChange;

class TopicPatchTest {
    @Test
    void bothKeysAreRead() {
        assertThat(read("{\"add\":[\"a\",\"b/*\",\"a\"],\"remove\":[\"c\"],\"more\":1}"))
                .isEqualTo(new TopicPatch(
                        Set.of(new TopicMatcher("a"), new TopicMatcher("b/*")), Set.of(new TopicMatcher("c"))));
    }

    @Test
    void oneKeyIsEnough() {
        assertThat(read("{\"add\":[\"a\"]}").remove()).isEmpty();
        assertThat(read("{\"remove\":[\"a\"]}").add()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "null",
                "\"add\"",
                "{\"other\":[]}",
                "{\"add\":\"a\"}",
                "{\"add\":{}}",
                "{\"add\":null}",
                "{\"add\":[1]}",
                "{\"add\":[null]}",
                "{\"add\":[[\"a\"]]}",
                "{\"add\":[\"a\"]} x",
                "{\"add\":[\"a\"],}"
            })
    void anythingElseIsRejected(String body) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read(body))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.PARAMETER_MALFORMED));
    }

    @Test
    void nestingWithoutEndIsRejected() {
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> read("[".repeat(500_000)));
    }

    @Test
    void bytesThatAreNotTextAreRejected() {
        byte[] bytes = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> TopicPatch.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void aMalformedMatcherKeepsItsOwnReason() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read("{\"add\":[\"a//b\"]}"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.TOPIC_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "remove"})
    void moreThanAStreamCanHaveIsRejected(String key) {
        String most = "{\"%s\":[%s\"b\"]}".formatted(key, "\"a\",".repeat(99));
        String more = "{\"%s\":[%s\"b\"]}".formatted(key, "\"a\",".repeat(100));

        assertThat(read(most)).isNotNull();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read(more))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.TOO_MANY_TOPICS));
    }

    @Test
    void theAnswerSaysWhatTheStreamHasNow() {
        var topics = TopicSelector.parse(List.of("a", "b/\"x"));
        var from = new EventId("e", 9);

        assertThat(TopicPatch.answer(new TopicChange(topics, from, List.of())).getEntity())
                .isEqualTo("{\"topics\":[\"a\",\"b/\\\"x\"],\"from\":\"e-9\"}");
        assertThat(TopicPatch.answer(new TopicChange(topics, from, List.of("a")))
                        .getEntity())
                .isEqualTo("{\"topics\":[\"a\",\"b/\\\"x\"],\"from\":\"e-9\",\"ended\":[\"a\"]}");
    }

    private static TopicPatch read(String body) {
        return TopicPatch.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
    }
}
