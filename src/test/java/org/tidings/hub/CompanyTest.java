package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.wire.Frame;

/** When a round waits for more events: where several came at once, and for a small part of what a round takes. */
class CompanyTest {
    private static final Duration WRITE = Duration.ofMillis(10);

    private final HubFixture fixture = new HubFixture();
    private final SlowConnection client = new SlowConnection();

    CompanyTest() {
        fixture.hub.open(TopicSelector.parse(List.of("a")), Cursor.parse(""), client);
        fixture.scheduler.runAll();
        client.frames.clear();
    }

    @Test
    void behindARoundOfSeveralTheNextWaitsForOthersAndTheyAreWrittenTogether() {
        publish("1", "2");
        publish("3");
        assertThat(client.frames).as("waits").hasSize(1);
        fixture.scheduler.pass(Duration.ofNanos(200_000));
        publish("4");
        assertThat(client.frames).as("waits").hasSize(1);
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).hasSize(2);
        assertThat(client.frames.get(1).blocks()).hasSize(2);
    }

    @Test
    void behindARoundOfOneNothingWaits() {
        publish("1");
        publish("2");
        assertThat(client.frames).hasSize(2);
    }

    @Test
    void theWaitIsNotLongerThanItsBound() {
        client.write = Duration.ofSeconds(10);
        publish("1", "2");
        publish("3");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).hasSize(2);
    }

    @Test
    void behindAShortRoundNothingWaits() {
        client.write = Duration.ofNanos(100_000);
        publish("1", "2");
        publish("3");
        assertThat(client.frames).hasSize(2);
    }

    @Test
    void messagesDoNotWait() {
        publish("1", "2");
        publish("3");
        var other = new SlowConnection();
        fixture.hub.open(TopicSelector.parse(List.of("b")), Cursor.parse(""), other);
        fixture.scheduler.runAll();
        assertThat(other.frames).as("$hello").hasSize(1);
    }

    @Test
    void aStopTakesWhatWaits() {
        publish("1", "2");
        publish("3");
        fixture.hub.close();
        assertThat(client.frames).as("two rounds and the farewell").hasSize(3);
    }

    private void publish(String... data) {
        for (String text : data) {
            var unused = fixture.hub.publish(Publication.of("a", text));
        }
        fixture.scheduler.runAll();
    }

    /** Takes everything, but time passes. */
    private final class SlowConnection implements Connection {
        private final List<Frame> frames = new ArrayList<>();
        private Duration write = WRITE;

        @Override
        public void open(Listener listener) {
            listener.writable();
        }

        @Override
        public boolean write(Frame frame) {
            frames.add(frame);
            fixture.scheduler.pass(write);
            return true;
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }
}
