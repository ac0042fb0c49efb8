package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.wire.Frame;

/** Who comes first when all clients come back at once, and events go on. */
class TurnsTest {
    private static final int RETURNING = 200;

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

    private void open(String topic) {
        fixture.hub.open(TopicSelector.parse(List.of(topic)), Cursor.parse(""), new Connection() {
            @Override
            public void open(Listener listener) {
                listener.writable();
            }

            @Override
            public boolean write(Frame frame) {
                order.add(topic);
                return true;
            }

            @Override
            public void end() {}

            @Override
            public void abort() {}
        });
    }
}
