package org.tidings.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.testkit.EventStreamParser;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.StreamBlock;

/** A subscriber on Open Liberty lost the blank lines of a text, and its line break at the end. */
class TextLinesTest {
    private static final TextLines RESTEASY =
            TextLines.ofRuntime("org.jboss.resteasy.plugins.providers.sse.SseEventOutputImpl");
    private static final TextLines CXF = TextLines.ofRuntime("org.apache.cxf.jaxrs.sse.SseEventSinkImpl");

    @ParameterizedTest
    @ValueSource(
            strings = {"", "one line", " leading", "a\nb", "a\n\nb", "a\n", "\n", "\n\n\n", "data: x\n\nevent: forged"})
    void everyTextComesThroughEncodersThatLoseLines(String text) {
        expectHeard(text, RESTEASY, TextLinesTest::resteasy);
        expectHeard(text, CXF, TextLinesTest::cxf);
    }

    @Test
    void carriageReturnsArriveAsLineFeeds() {
        var event = event("a\r\n\rb", RESTEASY);

        assertThat(heard(resteasy(event)).data()).isEqualTo("a\n\nb");
    }

    @Test
    void aTextOfOneLineIsLeftToEveryRuntime() {
        assertThat(event("one line", RESTEASY).getData()).isEqualTo("one line");
        assertThat(event("one line", RESTEASY).getId()).isEqualTo("e-1");
    }

    @Test
    void anyTextIsLeftToARuntimeOfWhichNothingIsKnown() {
        TextLines unknown = TextLines.of(FakeSink.class);

        assertThat(event("a\n\nb", unknown).getData()).isEqualTo("a\n\nb");
        assertThat(event("a\n\nb", unknown).getId()).isEqualTo("e-1");
    }

    private static void expectHeard(String text, TextLines lines, Function<OutboundSseEvent, String> encoder) {
        assertThat(heard(encoder.apply(event(text, lines)))).isEqualTo(new ReceivedEvent("e-1", "t", text));
    }

    private static ReceivedEvent heard(String stream) {
        var events = new EventStreamParser().feed(stream.getBytes(UTF_8));
        assertThat(events).as(stream).hasSize(1);
        return events.get(0);
    }

    private static FrameEvent event(String text, TextLines lines) {
        var block = StreamBlock.event("e-1", Optional.of("t"), text).withTopic("a");
        return new FrameEvent(EventStreamEncoder.encode(block), lines);
    }

    /** What RESTEasy 6.2 writes. */
    private static String resteasy(OutboundSseEvent event) {
        String comment = ": " + event.getComment() + '\n';
        if (event.getType() == null) {
            return comment + '\n';
        }
        return comment + "event: " + event.getName() + "\nid: " + event.getId() + '\n'
                + data(event, text -> text.replaceAll("[\r\n]+$", "\n").replaceAll("[\r\n]+(?!$)", "\ndata: "))
                + '\n';
    }

    /** What CXF 4.0 writes. */
    private static String cxf(OutboundSseEvent event) {
        return "event: " + event.getName() + "\nid: " + event.getId() + "\n: " + event.getComment() + '\n'
                + data(event, Function.identity()) + '\n';
    }

    private static String data(OutboundSseEvent event, Function<String, String> lines) {
        return event.getData() == null ? "" : "data: " + lines.apply((String) event.getData()) + '\n';
    }
}
