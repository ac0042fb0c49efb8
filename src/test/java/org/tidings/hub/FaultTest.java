package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.testkit.RecordingConnection;

/** Whatever is thrown, and wherever: nobody waits for ever, and the hub goes on. */
class FaultTest {
    private final FailingLog log = new FailingLog();
    private final HubFixture fixture = new HubFixture(HubFixture.SETTINGS, log);

    @Test
    void aLogThatCannotTellATopicsEndFailsThePublicationsThatAsked() {
        log.beforeEndOf = once(new EventLogException("the file is damaged"));
        var receipt = fixture.hub.publish(Publication.of("a", "1"));
        fixture.scheduler.runAll();
        assertThatThrownBy(receipt::join).hasCauseInstanceOf(EventLogException.class);
        assertThat(fixture.publish("a", "2")).isNotNull();
    }

    @Test
    void anErrorInTheAppendAnswersThePublishers() {
        log.beforeAppend = once(new OutOfMemoryError("deliberate"));
        var receipt = fixture.hub.publish(Publication.of("a", "1"));
        fixture.scheduler.runAll();
        assertThatThrownBy(receipt::join).hasCauseInstanceOf(EventLogException.class);
        assertThat(fixture.publish("a", "2")).isNotNull();
    }

    @Test
    void anErrorInAReadDoesNotLeaveAStreamStuck() {
        fixture.publish("a", 1, 3);
        log.beforeRead = once(new OutOfMemoryError("deliberate"));
        var client = RecordingConnection.reading();
        fixture.open(client, "earliest", "a");
        assertThat(client.data()).isEmpty();
        fixture.scheduler.advance(Duration.ofSeconds(2));
        assertThat(client.data()).containsExactly("1", "2", "3");
    }

    @Test
    void anErrorInAReadAnswersThePoll() {
        log.beforeRead = once(new OutOfMemoryError("deliberate"));
        var answer = fixture.hub.poll(TopicSelector.parse(List.of("a")), new Cursor.Now(), 10, Duration.ofSeconds(30));
        fixture.scheduler.runAll();
        assertThat(answer).isCompletedExceptionally();
    }

    /** Encoding failed behind the append: the receipt is given, and the stream gets the event from the log. */
    @Test
    void eventsThatDoNotReachMemoryReachTheStreamsFromTheLog() {
        RecordingConnection client = fixture.open("a");
        log.beforeEvent = once(new OutOfMemoryError("deliberate"));
        assertThat(fixture.publish("a", "1").id()).hasToString(fixture.id(1));
        fixture.publish("a", "2");
        assertThat(client.data()).containsExactly("1", "2");
        assertThat(client.control("$gap")).isEmpty();
    }

    private Runnable once(Throwable failure) {
        return () -> {
            log.beforeAppend = () -> {};
            log.beforeRead = () -> {};
            log.beforeEndOf = () -> {};
            log.beforeEvent = () -> {};
            FaultTest.<RuntimeException>raise(failure);
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // an Error or a RuntimeException, both unchecked
    private static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }
}
