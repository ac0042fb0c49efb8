package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.tidings.wire.Frame;

/** docs/protocol.md, "Control events". */
class ControlFramesTest {
    @Test
    void theReconnectionTimeIsFromAFifthOfTheLongestToAllOfIt() {
        var shortest = new ControlFrames(HubFixture.SETTINGS, new Extreme(false));
        var longest = new ControlFrames(HubFixture.SETTINGS, new Extreme(true));

        assertThat(retry(shortest.hello("id", Optional.empty(), List.of()))).isEqualTo(Duration.ofSeconds(1));
        assertThat(retry(longest.hello("id", Optional.empty(), List.of()))).isEqualTo(Duration.ofSeconds(5));
        assertThat(retry(shortest.farewell())).isEqualTo(Duration.ofSeconds(1));
        assertThat(retry(longest.farewell())).isEqualTo(Duration.ofSeconds(5));
    }

    private static Duration retry(Frame frame) {
        return frame.blocks().get(0).retry().orElseThrow();
    }

    /** Gives one of the bounds that it is asked to stay within. */
    private record Extreme(boolean largest) implements RandomGenerator {
        @Override
        public long nextLong(long origin, long bound) {
            return largest ? bound - 1 : origin;
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("without bounds");
        }
    }
}
