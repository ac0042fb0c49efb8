package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.log.Retention;
import org.tidings.wire.Frame;

/** When a round waits for more events: where several came at once, and for a small part of what a round takes. */
class CompanyTest {
    private static final Duration WRITE = Duration.ofMillis(10);

    private final HubFixture fixture = new HubFixture(HubSettings.DEFAULTS, Retention.DEFAULTS);
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

    /**
     * From a log on disk a burst comes in two parts, of which each went to all subscribers by itself, again and again.
     */
    @Test
    void whileFewerAreThereThanTheRoundBeforeHadItWaitsAgain() {
        publish("1", "2");
        publish("3");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).as("waits again").hasSize(1);
        publish("4");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).hasSize(2);
        assertThat(client.frames.get(1).blocks()).hasSize(2);
    }

    @Test
    void whatCameDuringARoundWaitsForThosePublishersToWhomTheRoundWent() {
        client.whileWriting = () -> append("3");
        publish("1", "2");
        publish("4");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).as("three are expected").hasSize(1);
        publish("5");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).hasSize(2);
        assertThat(client.frames.get(1).blocks()).hasSize(3);
    }

    @Test
    void aRoundOfOneIsNoEndOfTheBurstsIfMoreCameMeanwhile() {
        client.whileWriting = () -> append("2");
        publish("1");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).as("two are expected").hasSize(1);
        publish("3");
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames.get(1).blocks()).hasSize(2);
    }

    @Test
    void noRoundWaitsForMoreThanItTakes() {
        publish(IntStream.range(0, 2 * 64).mapToObj(Integer::toString).toArray(String[]::new));
        assertThat(client.frames).as("the first round").hasSize(1);
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(client.frames).hasSize(2);
    }

    @Test
    void theWaitsAreNotLongerThanTheirBound() {
        client.write = Duration.ofSeconds(10);
        publish("1", "2");
        publish("3");
        for (int i = 0; i < 3; i++) {
            fixture.scheduler.advance(Duration.ofMillis(1));
        }
        assertThat(client.frames).as("one, two and three waits").hasSize(1);
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

    /** The lane is not woken for it: it is at work. */
    private void append(String data) {
        client.whileWriting = () -> {};
        var unused = fixture.hub.publish(Publication.of("a", data));
        fixture.scheduler.run("tidings-appender");
    }

    /** Takes everything, but time passes. */
    private final class SlowConnection implements Connection {
        private final List<Frame> frames = new ArrayList<>();
        private Duration write = WRITE;
        private Runnable whileWriting = () -> {};

        @Override
        public void open(Listener listener) {
            listener.writable();
        }

        @Override
        public boolean write(Frame frame) {
            frames.add(frame);
            fixture.scheduler.pass(write);
            whileWriting.run();
            return true;
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }
}
