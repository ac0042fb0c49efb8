package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.TopicName;

class EventRingTest {
    private final EventRing ring = new EventRing();

    /** Memory that ran out in the middle of a batch left half of it in the log. */
    @Test
    void roomThatWasMadeIsThereUntilItIsUsed() {
        ring.reserve(1_000);
        int capacity = ring.capacity();
        assertThat(capacity).isGreaterThanOrEqualTo(1_000);

        for (int i = 1; i <= 1_000; i++) {
            ring.add(event(i));
            assertThat(ring.capacity()).isEqualTo(capacity);
        }
    }

    @Test
    void roomThatIsNoLongerNeededIsGivenUpWithTheNextBatch() {
        ring.reserve(1_000);
        ring.add(event(1));

        ring.reserve(1);

        assertThat(ring.capacity()).isLessThan(1_000);
        assertThat(ring.get(0)).isEqualTo(event(1));
    }

    private static Event event(long offset) {
        return new Event(new EventId("epoch123", offset), new TopicName("a"), Optional.empty(), "x", Instant.EPOCH);
    }
}
