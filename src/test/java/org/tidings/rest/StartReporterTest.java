package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidings.testkit.RecordedLog;

/** What is said after the start. */
class StartReporterTest {
    @Test
    void whileTheServerStartsThereIsNoReport() {
        assertThat(new StartReporter().report()).isEmpty();
    }

    @Test
    void eachReasonToDoWithoutTheTransportIsSaidOnce() {
        var reporter = new StartReporter();
        try (var log = new RecordedLog(StartReporter.class)) {
            reporter.fellBack("it is late. Be early");
            reporter.fellBack("it is far. Come near");
            reporter.fellBack("it is late. Be early");

            assertThat(log.lines())
                    .containsExactly(
                            "A stream goes through the server's SseEventSink, one event at a time: it is late. Be early",
                            "A stream goes through the server's SseEventSink, one event at a time: it is far. Come near");
        }
    }
}
