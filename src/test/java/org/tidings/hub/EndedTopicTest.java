package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.RecordingConnection.End;

/**
 * Guarantee 2 of docs/protocol.md around the end of a topic: what came before it is not lost, and what cannot go on
 * ends.
 */
class EndedTopicTest {
    private static final String KIB = "x".repeat(1000);
    private final HubFixture fixture = new HubFixture();

    @Test
    void anEndThatOverflowsTheQueueLosesNothingOfItsTopic() {
        var client = RecordingConnection.stalled();
        fixture.open(client, "", "a"); // $hello is all that it takes
        fixture.publish("a", 1, 3);
        assertThat(fixture.hub.publish(Publication.of("a", KIB.repeat(5)))).isNotNull();
        assertThat(fixture.hub.end(new TopicName("a"))).isNotNull(); // one round, larger than the queue
        fixture.scheduler.runAll();
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).containsExactly("1", "2", "3", KIB.repeat(5));
        assertThat(client.control("$end")).hasSize(1);
    }

    @Test
    void anEndThatOverflowsTheQueueIsNotLostToAStreamOfSeveralTopics() {
        var client = RecordingConnection.stalled();
        fixture.open(client, "", "a", "b");
        fixture.publish("a", 1, 3);
        assertThat(fixture.hub.publish(Publication.of("a", KIB.repeat(5)))).isNotNull();
        assertThat(fixture.hub.end(new TopicName("a"))).isNotNull();
        fixture.scheduler.runAll();
        client.read();
        fixture.scheduler.runAll();
        fixture.publish("b", "later");
        assertThat(client.data()).containsExactly("1", "2", "3", KIB.repeat(5), "later");
        assertThat(client.control("$end")).hasSize(1);
    }

    @Test
    void anOverflowBehindAQueuedEndLosesNothingOfTheEndedTopic() {
        var client = RecordingConnection.stalled();
        fixture.open(client, "", "a", "b");
        fixture.publish("a", 1, 3);
        end("a"); // fits, waits
        for (int i = 0; i < 5; i++) {
            fixture.publish("b", i + KIB); // overflow: the queue is dropped
        }
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).hasSize(8).startsWith("1", "2", "3");
        assertThat(client.control("$end")).hasSize(1);
    }

    @Test
    void aLaneThatFallsBehindBehindAQueuedEndLosesNothing() {
        var client = RecordingConnection.stalled();
        fixture.open(client, "", "a", "b");
        fixture.publish("a", 1, 3);
        end("a");
        for (int i = 0; i < 20; i++) {
            assertThat(fixture.hub.publish(Publication.of("b", i + KIB))).isNotNull();
            fixture.scheduler.run("tidings-appender");
        }
        fixture.scheduler.runAll();
        client.read();
        fixture.scheduler.runAll();
        assertThat(client.data()).hasSize(23).startsWith("1", "2", "3");
        assertThat(client.control("$end")).hasSize(1);
    }

    @Test
    void aStreamOfWhichOneTopicWasEndedBeforeEndsWithTheOther() {
        end("a");
        RecordingConnection client = fixture.open("a", "b"); // an EventSource that comes back to its URL
        end("b");
        assertThat(client.control("$end")).hasSize(1);
        assertThat(client.ending()).contains(End.ENDED);
    }

    @Test
    void aStreamThatIsChangedToEndedTopicsEnds() {
        end("b");
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a");
        var change = fixture.hub.change(id, Set.of(new TopicMatcher("b")), Set.of(new TopicMatcher("a")));
        fixture.scheduler.runAll();
        assertThat(change).isCompleted();
        assertThat(client.ending()).contains(End.ENDED);
    }

    @Test
    void aStreamEndsWhenItsLastTopicThatIsNotEndedIsRemoved() {
        var client = RecordingConnection.reading();
        String id = fixture.open(client, "", "a", "b/*");
        end("a");
        var change = fixture.hub.change(id, Set.of(new TopicMatcher("a")), Set.of(new TopicMatcher("b/*")));
        fixture.scheduler.runAll();
        assertThat(change).isCompleted();
        assertThat(client.ending()).contains(End.ENDED);
    }

    @Test
    void aStreamSaysWhichOfItsTopicsWereEndedBeforeItBegan() {
        fixture.publish("c", "1");
        end("a");
        end("b");
        end("c");
        RecordingConnection now = fixture.open("a", "d", "b", "*/x");
        var behind = RecordingConnection.reading();
        fixture.open(behind, fixture.id(2), "a", "d", "b");
        assertThat(hello(now)).endsWith("15000,\"ended\":[\"a\",\"b\"]}");
        assertThat(hello(behind)).endsWith("15000,\"ended\":[\"a\"]}");
        assertThat(behind.control("$end")).hasSize(1); // that of b
    }

    @Test
    void aChangeSaysWhichTopicsWereEndedBefore() {
        end("b");
        String id = fixture.open(RecordingConnection.reading(), "", "a");
        var change = fixture.hub.change(id, Set.of(new TopicMatcher("b"), new TopicMatcher("c")), Set.of());
        fixture.scheduler.runAll();
        assertThat(change).isCompletedWithValueMatching(answer -> answer.ended().equals(List.of("b")));
    }

    @Test
    void aChangeDoesNotTellOfAnEndThatIsOnItsWay() {
        var client = RecordingConnection.stalled();
        String id = fixture.open(client, "", "a", "b");
        fixture.publish("a", 1, 3);
        end("a");
        var change = fixture.hub.change(id, Set.of(new TopicMatcher("c")), Set.of());
        fixture.scheduler.runAll();
        assertThat(change).isCompletedWithValueMatching(answer -> answer.ended().isEmpty());
    }

    private static String hello(RecordingConnection client) {
        return client.blocks().get(0).data().orElseThrow();
    }

    private void end(String topic) {
        var receipt = fixture.hub.end(new TopicName(topic));
        fixture.scheduler.runAll();
        assertThat(receipt).isCompleted();
    }
}
