package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.TopicName;

/** How many events a second: by those that are in memory, of which no more than a sample is looked at. */
class TopicRatesTest {
    private static final int SAMPLE = 4_096;

    private final RecentEvents recent = new RecentEvents(ByteSize.mebi(16), 0);
    private final TopicRates rates = new TopicRates(recent);
    private long offset;

    @Test
    void ofMoreEventsThanTheSampleTheNewestStandForAll() {
        assertThat(rates.measure(Duration.ZERO)).isEmpty();
        add("a", SAMPLE);
        add("b", SAMPLE);

        assertThat(rates.measure(Duration.ofSeconds(2))).isEqualTo(Map.of(new TopicName("b"), (double) SAMPLE));
    }

    /** Nobody looked meanwhile, and the last events may be of long ago. */
    @Test
    void afterAPauseNothingIsSaidOfNow() {
        assertThat(rates.measure(Duration.ZERO)).isEmpty();
        add("a", 10);

        assertThat(rates.measure(Duration.ofSeconds(5))).isEmpty();
        add("a", 10);
        assertThat(rates.measure(Duration.ofSeconds(6))).isEqualTo(Map.of(new TopicName("a"), 10.0));
    }

    private void add(String topic, int events) {
        for (int i = 0; i < events; i++) {
            var event =
                    new Event(new EventId("e", ++offset), new TopicName(topic), Optional.empty(), "x", Instant.EPOCH);
            recent.add(List.of(Entry.of(event, HubFixture.SETTINGS)));
        }
    }
}
