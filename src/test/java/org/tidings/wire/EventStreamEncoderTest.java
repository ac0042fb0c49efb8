package org.tidings.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden bytes: what each block looks like on the wire. In the right column each character is one byte. */
class EventStreamEncoderTest {
    static Stream<Arguments> dataOnTheWire() {
        return Stream.of(
                arguments("one line", "a", "data: a\n\n"),
                arguments("LF", "a\nb", "data: a\ndata: b\n\n"),
                arguments("CR", "a\rb", "data: a\ndata: b\n\n"),
                arguments("CRLF", "a\r\nb", "data: a\ndata: b\n\n"),
                arguments("LF CR: two line breaks", "a\n\rb", "data: a\ndata: \ndata: b\n\n"),
                arguments("leading space", " a", "data:  a\n\n"),
                arguments("leading space behind a line break", "a\n b", "data: a\ndata:  b\n\n"),
                arguments("trailing space", "a ", "data: a \n\n"),
                arguments("trailing LF", "a\n", "data: a\ndata: \n\n"),
                arguments("trailing CRLF", "a\r\n", "data: a\ndata: \n\n"),
                arguments("leading LF", "\na", "data: \ndata: a\n\n"),
                arguments("a line break alone", "\n", "data: \ndata: \n\n"),
                arguments("blank line within", "a\n\nb", "data: a\ndata: \ndata: b\n\n"),
                arguments("empty", "", "data: \n\n"),
                arguments("a colon first", ":a", "data: :a\n\n"),
                arguments(
                        "a field forged in one line",
                        "a\nid: 9\n\ndata: b",
                        "data: a\ndata: id: 9\ndata: \ndata: data: b\n\n"),
                arguments("two bytes", "\u00e9", "data: \u00c3\u00a9\n\n"),
                arguments("three bytes", "\u20ac", "data: \u00e2\u0082\u00ac\n\n"),
                arguments("four bytes", "\ud83d\ude00", "data: \u00f0\u009f\u0098\u0080\n\n"),
                arguments("NUL", "a\0b", "data: a\0b\n\n"),
                arguments("BOM first", "\ufeffa", "data: \u00ef\u00bb\u00bfa\n\n"),
                arguments(
                        "line separators of Unicode break no line",
                        "a\u2028\u0085\u000bb",
                        "data: a\u00e2\u0080\u00a8\u00c2\u0085\u000bb\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void dataOnTheWire(String what, String data, String bytes) {
        assertThat(written(block(Optional.empty(), Optional.empty(), data)))
                .as(what)
                .isEqualTo(bytes);
    }

    @Test
    void anEventHasItsIdAndTypeBeforeItsData() {
        assertThat(written(StreamBlock.event("e-1", Optional.of("added"), "a\nb")))
                .isEqualTo("id: e-1\nevent: added\ndata: a\ndata: b\n\n");
    }

    @Test
    void aTopicIsAComment() {
        assertThat(written(StreamBlock.event("e-1", Optional.of("added"), "a").withTopic("orders/\u00e9")))
                .isEqualTo(": topic: orders/\u00c3\u00a9\nid: e-1\nevent: added\ndata: a\n\n");
    }

    @Test
    void idAndTypeKeepTheirSpacesAndColons() {
        assertThat(written(block(Optional.of(" :1 "), Optional.of(": "), "x")))
                .isEqualTo("id:  :1 \nevent: : \ndata: x\n\n");
    }

    /** An id alone takes the client's last event id back to nothing. */
    @Test
    void anEmptyIdIsWritten() {
        assertThat(written(block(Optional.of(""), Optional.empty(), "x"))).isEqualTo("id: \ndata: x\n\n");
    }

    @Test
    void aReconnectionTimeIsInMilliseconds() {
        assertThat(written(StreamBlock.retry(Duration.ofMillis(2_500)))).isEqualTo("retry: 2500\n\n");
    }

    @Test
    void anEventCanCarryAReconnectionTime() {
        var hello = new StreamBlock(
                Optional.of("e-1"),
                Optional.of("$hello"),
                Optional.of("{}"),
                Optional.of(Duration.ofSeconds(5)),
                Optional.empty());

        assertThat(written(hello)).isEqualTo("id: e-1\nevent: $hello\nretry: 5000\ndata: {}\n\n");
    }

    @Test
    void aCommentBeginsWithAColon() {
        assertThat(written(StreamBlock.comment("heartbeat"))).isEqualTo(": heartbeat\n\n");
    }

    @Test
    void aCommentWithLineBreaksStaysAComment() {
        assertThat(written(StreamBlock.comment("a\ndata: b\r\n\r\nc"))).isEqualTo(": a\n: data: b\n: \n: c\n\n");
    }

    @Test
    void aBlockWithAllSaysAll() {
        var all = new StreamBlock(
                Optional.of("1"), Optional.of("t"), Optional.of("d"), Optional.of(Duration.ZERO), Optional.of("c"));

        assertThat(written(all)).isEqualTo(": c\nid: 1\nevent: t\nretry: 0\ndata: d\n\n");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"\n", "\r", "\r\n", "\0", "a\ndata: forged", "a\rb", "a\0b", "a\n"})
    void anIdOrTypeThatWouldForgeAFieldIsRefused(String forged) {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamBlock.event(forged, Optional.empty(), "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> StreamBlock.event("1", Optional.of(forged), "x"));
    }

    @Test
    void aFrameShowsItselfAsText() {
        assertThat(EventStreamEncoder.encode(StreamBlock.comment("\u00e9"))).hasToString(": \u00e9\n\n");
    }

    private static StreamBlock block(Optional<String> id, Optional<String> type, String data) {
        return new StreamBlock(id, type, Optional.of(data), Optional.empty(), Optional.empty());
    }

    private static String written(StreamBlock block) {
        return ISO_8859_1.decode(EventStreamEncoder.encode(block).payload()).toString();
    }
}
