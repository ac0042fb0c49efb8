package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.tidings.api.RejectedException;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubListener;
import org.tidings.hub.HubSettings;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;
import org.tidings.testkit.ManualScheduler;
import org.tidings.testkit.RecordingConnection;

class SinkOpeningTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final EventHub hub = EventHub.start(
            InMemoryEventLog.open(Retention.DEFAULTS), HubSettings.DEFAULTS, scheduler, HubListener.NONE);
    private final SinkOpening opening = new SinkOpening(hub, RecordingConnection::reading);

    @Test
    void opensOnce() {
        opening.topics("a").open();
        assertThatIllegalStateException().isThrownBy(opening::open);
        scheduler.runAll();
        assertThat(hub.statistics().connections()).isEqualTo(1);
    }

    @Test
    void doesNotOpenWithoutTopics() {
        assertThatIllegalStateException().isThrownBy(opening::open);
    }

    /** On WildFly, a client that came while the hub stopped got the head of a response, and then nothing for ever. */
    @Test
    void aConnectionThatComesInTheMiddleOfTheStopIsNotLeftOpen() {
        var client = RecordingConnection.reading();
        var late = new SinkOpening(hub, () -> {
            hub.close(); // behind the check whether the hub is running
            return client;
        });

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> late.topics("a").open());

        assertThat(client.ending()).hasValue(RecordingConnection.End.ABORTED);
    }
}
