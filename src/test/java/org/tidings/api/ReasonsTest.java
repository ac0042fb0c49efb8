package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Slugs are in URLs, metrics and clients' code: one for each reason, and a rename here is a change of protocol. */
class ReasonsTest {
    @ParameterizedTest
    @EnumSource
    void aRejectionIsNamedAsItsConstant(RejectionReason reason) {
        assertThat(reason.slug()).isEqualTo(kebab(reason));
    }

    @ParameterizedTest
    @EnumSource
    void aDisconnectReasonIsNamedAsItsConstant(DisconnectReason reason) {
        assertThat(reason.slug()).isEqualTo(kebab(reason));
    }

    @Test
    void onlyWhatPassesByItselfIsWorthARetry() {
        assertThat(Arrays.stream(RejectionReason.values()).filter(RejectionReason::retry))
                .containsExactly(RejectionReason.OVERLOADED, RejectionReason.STOPPING);
    }

    @Test
    void everyClientComesBackButTheOneWhoseTopicsHaveEnded() {
        assertThat(Arrays.stream(DisconnectReason.values()).filter(reason -> !reason.reconnect()))
                .containsExactly(DisconnectReason.TOPIC_ENDED);
    }

    private static String kebab(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
