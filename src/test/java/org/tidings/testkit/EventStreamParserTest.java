package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the standard (WHATWG HTML, 9.2.6), and what its algorithm says beyond them. */
class EventStreamParserTest {
    private final EventStreamParser parser = new EventStreamParser();

    @Test
    void linesOfDataAreOneEvent() {
        assertThat(feed("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly(message("YHOO\n+2\n10"));
    }

    /** The standard's example: a comment, an id, an id without value, a leading space that survives. */
    @Test
    void idsLastUntilTheyAreTakenBack() {
        List<ReceivedEvent> events =
                feed(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n");

        assertThat(events)
                .containsExactly(
                        new ReceivedEvent("1", "message", "first event"),
                        message("second event"),
                        message(" third event"));
        assertThat(parser.comments()).containsExactly(" test stream");
    }

    /** The standard's example: an empty event, one with a line break, and one that is never ended. */
    @Test
    void emptyDataIsAnEventAndAnUnfinishedBlockIsNone() {
        assertThat(feed("data\n\ndata\ndata\n\ndata:")).containsExactly(message(""), message("\n"));
    }

    /** The standard's example: the space behind the colon is not of the value. */
    @Test
    void oneSpaceBehindTheColonIsIgnored() {
        assertThat(feed("data:test\n\ndata: test\n\n")).containsExactly(message("test"), message("test"));
    }

    @Test
    void anIdStaysForTheEventsThatGiveNone() {
        assertThat(feed("id: 1\ndata: a\n\ndata: b\n\n"))
                .containsExactly(new ReceivedEvent("1", "message", "a"), new ReceivedEvent("1", "message", "b"));
    }

    @Test
    void anIdWithoutDataCountsAfterItsBlankLineAndIsNoEvent() {
        assertThat(feed("id: 1\n")).isEmpty();
        assertThat(parser.lastEventId()).isEmpty();
        assertThat(feed("\n")).isEmpty();
        assertThat(parser.lastEventId()).isEqualTo("1");
    }

    @Test
    void anIdWithNulIsIgnored() {
        feed("id: 1\n\nid: 2\0\n\n");

        assertThat(parser.lastEventId()).isEqualTo("1");
    }

    @Test
    void aTypeIsOfItsBlockOnly() {
        assertThat(feed("event: add\ndata: 1\n\ndata: 2\n\nevent: lost\n\ndata: 3\n\nevent\ndata: 4\n\n"))
                .containsExactly(new ReceivedEvent("", "add", "1"), message("2"), message("3"), message("4"));
    }

    @Test
    void aReconnectionTimeIsDigitsOnly() {
        feed("retry: 1500\n");
        assertThat(parser.reconnectionTime()).contains(Duration.ofMillis(1500));

        feed("retry: -1\nretry: 1.5\nretry:  3\nretry\nretry: \u0661\nretry: 9s\n");
        assertThat(parser.reconnectionTime()).contains(Duration.ofMillis(1500));
    }

    @Test
    void unknownFieldsAreIgnoredAndNamesAreCaseSensitive() {
        assertThat(feed("Data: x\ndatas: y\n data: z\nfoo\ndata: heard\n\n")).containsExactly(message("heard"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyLineEndIsUnderstoodInPiecesOfOneByte(String end) {
        String stream = String.join(
                end, "id: 1", "event: t", "data: \u00e9\u20ac", "data: \ud83d\ude00", "", "data: b", "", "");

        assertThat(feedByteByByte(stream))
                .containsExactly(
                        new ReceivedEvent("1", "t", "\u00e9\u20ac\n\ud83d\ude00"),
                        new ReceivedEvent("1", "message", "b"));
    }

    @Test
    void lineEndsMayBeMixed() {
        assertThat(feed("data: a\rdata: b\r\ndata: c\n\r")).containsExactly(message("a\nb\nc"));
    }

    @Test
    void crThenCrLfAreTwoLineEnds() {
        assertThat(feedByteByByte("data: a\r\r\ndata: b\r\n\r\n")).containsExactly(message("a"), message("b"));
    }

    @Test
    void anEventIsHeardAtTheCrThatEndsItsBlankLine() {
        assertThat(feed("data: a\r\n\r")).containsExactly(message("a"));
        assertThat(feed("\ndata: b\n\n")).containsExactly(message("b"));
    }

    @Test
    void oneByteOrderMarkAtTheStartIsTakenAway() {
        assertThat(feedByteByByte("\ufeffdata: a\n\n")).containsExactly(message("a"));
    }

    @Test
    void aByteOrderMarkElsewhereIsAnOrdinaryCharacter() {
        assertThat(feed("\ufeff\ufeffdata: a\n\ndata: \ufeffb\n\n\ufeffdata: c\n\n"))
                .containsExactly(message("\ufeffb"));
    }

    @Test
    void aColonInTheValueIsOfTheValue() {
        assertThat(feed("data: :a:b\n\n")).containsExactly(message(":a:b"));
    }

    private List<ReceivedEvent> feed(String stream) {
        return parser.feed(stream.getBytes(UTF_8));
    }

    private List<ReceivedEvent> feedByteByByte(String stream) {
        var events = new ArrayList<ReceivedEvent>();
        for (byte b : stream.getBytes(UTF_8)) {
            events.addAll(parser.feed(new byte[] {b}));
        }
        return events;
    }

    private static ReceivedEvent message(String data) {
        return new ReceivedEvent("", "message", data);
    }
}
