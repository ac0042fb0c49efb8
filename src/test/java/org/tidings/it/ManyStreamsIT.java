package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;

/** Guarantee 2 of docs/protocol.md, for many at once. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@ExtendWith(ArquillianExtension.class)
class ManyStreamsIT {
    private static final int STREAMS = 2_000;
    private static final int EVENTS = 50;

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void eachHearsEveryEventInOrderAndNoneIsLeftWhenTheClientsGo() throws IOException {
        try (var streams = new ManyStreams(hub.uri("hub/events?topic=many-streams"), STREAMS)) {
            streams.readUntil(ManyStreams.Reader::hello);
            assertThat(hub.metric("tidings_connections")).isEqualTo(STREAMS);

            List<String> events =
                    IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList();
            events.forEach(event -> hub.published("topic=many-streams", event));
            streams.readUntil(stream -> stream.data().size() >= EVENTS);

            assertThat(streams.readers())
                    .allSatisfy(stream -> assertThat(stream.data()).isEqualTo(events));
        }
        await().atMost(Duration.ofMinutes(2)).until(this::nobodyIsThere);
    }

    /** Something is written, and not the next heartbeat awaited. */
    private boolean nobodyIsThere() {
        hub.published("topic=many-streams", "is anybody there?");
        return hub.metric("tidings_connections") == 0;
    }
}
