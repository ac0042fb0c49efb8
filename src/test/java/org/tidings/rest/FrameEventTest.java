package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.StreamBlock;

class FrameEventTest {
    @Test
    void aRuntimeThatEncodesItselfFindsEveryPart() {
        var event = event(new StreamBlock(
                Optional.of("e-1"),
                Optional.of("t"),
                Optional.of("a\nb"),
                Optional.of(Duration.ofSeconds(2)),
                Optional.of("topic: orders/42")));

        assertThat(event.getId()).isEqualTo("e-1");
        assertThat(event.getName()).isEqualTo("t");
        assertThat(event.getData()).isEqualTo("a\nb");
        assertThat(event.getType()).isEqualTo(String.class);
        assertThat(event.getGenericType()).isEqualTo(String.class);
        assertThat(event.getMediaType()).hasToString("text/plain");
        assertThat(event.getReconnectDelay()).isEqualTo(2000);
        assertThat(event.isReconnectDelaySet()).isTrue();
        assertThat(event.getComment()).isEqualTo("topic: orders/42");
        assertThat(event.isWritten()).isFalse();
    }

    @Test
    void aHeartbeatIsACommentAlone() {
        var event = event(StreamBlock.comment("beat"));

        assertThat(event.getComment()).isEqualTo("beat");
        assertThat(event.getData()).isNull();
        assertThat(event.getId()).isNull();
        assertThat(event.getName()).isNull();
        assertThat(event.isReconnectDelaySet()).isFalse();
    }

    /** Of an event without a type RESTEasy writes the comment alone: farewells were empty. */
    @Test
    void whatHasNoDataHasATypeAllTheSame() {
        var event = event(StreamBlock.retry(Duration.ofSeconds(2)));

        assertThat(event.getType()).isEqualTo(String.class);
        assertThat(event.getData()).isNull();
        assertThat(event.getReconnectDelay()).isEqualTo(2000);
    }

    @Test
    void theBytesAreThoseOfTheFrameButForTheBlankLine() {
        var event = event(StreamBlock.event("e-1", Optional.empty(), "ä\n"));

        assertThat(FakeSink.bytes(event)).isEqualTo("id: e-1\ndata: ä\ndata: \n");
        assertThat(event.isWritten()).isTrue();
    }

    private static FrameEvent event(StreamBlock block) {
        return new FrameEvent(EventStreamEncoder.encode(block), TextLines.BY_RUNTIME);
    }
}
