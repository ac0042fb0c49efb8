package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.api.Rejections.assertRejected;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"added", "message", " ", " :x", "\u00e9\ud83d\ude00", "$end"})
    void aTypeIsKeptAsItIs(String text) {
        assertThat(new EventType(text).value()).isEqualTo(text);
        assertThat(new EventType(text)).hasToString(text);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", "a\nb", "a\rb", "a\0b", "a\n", "\t", "a\u007f", "a\u0085b", "a\u2028b", "a\u2029b"})
    void aTypeThatIsEmptyOrHasAControlCharacterIsRefused(String text) {
        assertRejected(RejectionReason.TYPE_MALFORMED, () -> new EventType(text));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(chars = {'\ud83d', '\ude00'})
    void halfOfASurrogatePairIsRefused(char half) {
        assertRejected(RejectionReason.TYPE_MALFORMED, () -> new EventType("a" + half));
    }

    @Test
    void theLongestTypeIsTakenAndOneCharacterMoreIsNot() {
        assertThat(new EventType("x".repeat(128)).value()).hasSize(128);
        assertRejected(RejectionReason.TYPE_TOO_LONG, () -> new EventType("x".repeat(129)));
    }

    @Test
    void aTypeThatBeginsWithADollarIsTheHubsOwn() {
        assertThat(new EventType("$end").isReserved()).isTrue();
        assertThat(new EventType("a$").isReserved()).isFalse();
    }
}
