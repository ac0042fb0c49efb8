package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
    private static final HubSettings DEFAULTS = HubSettings.DEFAULTS;

    @ParameterizedTest
    @ValueSource(strings = {"PT16S", "P365D"})
    void aLifetimeIsLongerThanAHeartbeatAndHasABound(String lifetime) {
        assertThat(withLifetime(Duration.parse(lifetime)).lifetime()).contains(Duration.parse(lifetime));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT15S", "P366D", "PT9223372036854775807S"})
    void anotherLifetimeIsRefusedInASentence(String lifetime) {
        assertThatThrownBy(() -> withLifetime(Duration.parse(lifetime)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lifetime")
                .hasMessageContaining("at most 365 days");
    }

    @Test
    void thereIsAtLeastOneLane() {
        assertThat(DEFAULTS.lanes()).isPositive();
    }

    private static HubSettings withLifetime(Duration lifetime) {
        return new HubSettings(
                DEFAULTS.lanes(),
                DEFAULTS.heartbeat(),
                DEFAULTS.stallLimit(),
                DEFAULTS.sendQueue(),
                Optional.of(lifetime),
                DEFAULTS.reconnect(),
                DEFAULTS.window(),
                DEFAULTS.rules());
    }
}
