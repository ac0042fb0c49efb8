package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.api.TopicMatcher;
import org.tidings.log.Retention;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.RecordingConnection.End;

/** docs/concurrency.md: what a lane does in one round, and what comes before and behind a message of its inbox. */
class LaneTest {
    private final HubFixture fixture = new HubFixture(HubSettings.DEFAULTS, Retention.DEFAULTS);

    @Test
    void aRoundHasAtMost64Events() {
        RecordingConnection client = fixture.open("a");
        publishTogether(IntStream.range(0, 65).mapToObj(Integer::toString).toList());

        assertThat(client.frames())
                .extracting(frame -> frame.blocks().size())
                .containsExactly(1, 64, 1); // $hello first
    }

    @Test
    void aRoundHasAtMost64Kib() {
        RecordingConnection client = fixture.open("a");
        String data = "x".repeat(30 * 1024);
        publishTogether(List.of(data, data, data));

        assertThat(client.frames()).extracting(frame -> frame.blocks().size()).containsExactly(1, 2, 1);
    }

    @Test
    void aLargerEventIsARoundOfItsOwn() {
        RecordingConnection client = fixture.open("a");
        publishTogether(List.of("1", "x".repeat(100 * 1024), "2"));

        assertThat(client.frames()).extracting(frame -> frame.blocks().size()).containsExactly(1, 1, 1, 1);
    }

    /** A client that had the receipt of its event, and opened a stream then, heard that event on it. */
    @Test
    void aStreamBeginsBehindWhatItsLaneHasStillToHandOut() {
        RecordingConnection other = fixture.open("a");
        append("a", "1"); // the lane has not handed it out
        RecordingConnection client = fixture.open("a");
        fixture.publish("a", "2");

        assertThat(client.blocks().get(0).id()).contains(fixture.id(1));
        assertThat(client.data()).containsExactly("2");
        assertThat(other.data()).containsExactly("1", "2");
    }

    @Test
    void aChangeOfTopicsTakesEffectWhereTheLaneStands() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        append("a", "removed");
        append("b", "1");
        var change = fixture.hub.change(id, Set.of(new TopicMatcher("b")), Set.of(new TopicMatcher("a")));
        fixture.scheduler.runAll();

        assertThat(change.join().from()).hasToString(fixture.id(0));
        assertThat(client.data()).containsExactly("1");
    }

    /** The connection would say that it is written to behind its end. */
    @Test
    void aPageThatIsReadWhenItsStreamHasEndedIsDropped() {
        var client = RecordingConnection.reading();
        String id = openAndHoldThePage(client);
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.runAll();
        assertThat(client.ending()).contains(End.ENDED);

        fixture.scheduler.releaseReads();
        assertThat(client.data()).isEmpty();
    }

    @Test
    void aPageThatIsReadWhenItsStreamIsEndingIsDropped() {
        var client = RecordingConnection.reading();
        String id = openAndHoldThePage(client);
        client.stall(); // takes the farewell, and no end before it has
        assertThat(fixture.hub.disconnect(id, DisconnectReason.CLOSED)).isTrue();
        fixture.scheduler.releaseReads();
        client.read();
        fixture.scheduler.runAll();

        assertThat(client.data()).isEmpty();
        assertThat(client.ending()).contains(End.ENDED);
    }

    /** Three events are to be read for it. */
    private String openAndHoldThePage(RecordingConnection client) {
        fixture.publish("a", 1, 3);
        fixture.scheduler.holdReads();
        return fixture.open(client, "earliest", "a");
    }

    private void append(String topic, String data) {
        assertThat(fixture.hub.publish(Publication.of(topic, data))).isNotNull();
        fixture.scheduler.run("tidings-appender");
    }

    private void publishTogether(List<String> data) {
        data.forEach(text ->
                assertThat(fixture.hub.publish(Publication.of("a", text))).isNotNull());
        fixture.scheduler.runAll();
    }
}
