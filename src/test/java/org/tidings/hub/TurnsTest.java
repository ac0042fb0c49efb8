package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.RecordingConnection.End;
import org.tidings.wire.Frame;

/** Who comes first when there is much to do for others, and events go on. */
class TurnsTest {
    private static final int RETURNING = 200;
    private static final int IDLE = 50;

    private final HubFixture fixture = new HubFixture();
    private final List<String> order = new ArrayList<>();

    /** Those who were live heard late while a lane opened hundreds of streams in a row. */
    @Test
    void anEventGoesOutBetweenTheOpeningsThatWait() {
        open("live");
        fixture.scheduler.runAll();
        order.clear();
        for (int i = 0; i < RETURNING; i++) {
            open("returning");
        }
        var unused = fixture.hub.publish(Publication.of("live", "x"));

        fixture.scheduler.runAll();

        assertThat(order.indexOf("live")).as("openings before the event").isLessThanOrEqualTo(16);
        assertThat(order).hasSize(RETURNING + 1);
    }

    /** They heard late while a lane sent a thousand heartbeats in a row, or found that a thousand clients had gone. */
    @Test
    void anEventGoesOutBetweenTheHeartbeatsThatAreDue() {
        open("live");
        for (int i = 0; i < IDLE; i++) {
            open("idle", () -> {
                fixture.scheduler.pass(Duration.ofMillis(1));
                var unused = fixture.hub.publish(Publication.of("live", "x"));
                fixture.scheduler.run("tidings-appender");
            });
        }
        fixture.scheduler.runAll();
        order.clear();

        fixture.scheduler.advance(HubFixture.SETTINGS.heartbeat().plusSeconds(1));

        List<String> idle = Collections.nCopies(IDLE, "idle");
        assertThat(order).filteredOn("idle"::equals).isEqualTo(idle);
        assertThat(String.join(" ", order)).doesNotContain("idle idle idle");
    }

    /** {@link RecordingConnection} says so if it is written to behind its end. */
    @Test
    void whoGoesWhileOthersAreLookedAfterGetsNothingMore() {
        var going = new ArrayDeque<RecordingConnection>();
        List<RecordingConnection> clients =
                Stream.generate(() -> fixture.open("idle")).limit(IDLE).toList();
        for (int i = 0; i < IDLE; i++) {
            open("idle", () -> {
                fixture.scheduler.pass(Duration.ofMillis(1));
                going.forEach(RecordingConnection::hangUp);
                going.clear();
            });
        }
        going.addAll(clients);

        fixture.scheduler.advance(HubFixture.SETTINGS.heartbeat().plusSeconds(1));

        assertThat(clients).allSatisfy(client -> assertThat(client.ending()).contains(End.ABORTED));
    }

    private void open(String topic) {
        open(topic, () -> {});
    }

    /** @param written what happens while something is written to it */
    private void open(String topic, Runnable written) {
        fixture.hub.open(TopicSelector.parse(List.of(topic)), Cursor.parse(""), new Connection() {
            @Override
            public void open(Listener listener) {
                listener.writable();
            }

            @Override
            public boolean write(Frame frame) {
                order.add(topic);
                written.run();
                return true;
            }

            @Override
            public void end() {}

            @Override
            public void abort() {}
        });
    }
}
