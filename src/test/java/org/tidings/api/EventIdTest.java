package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    @Property
    void whatIsWrittenIsRead(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 32) String epoch,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long offset) {
        var id = new EventId(epoch, offset);

        assertThat(EventId.parse(id.toString())).contains(id);
    }

    /** An id comes from a client: whatever it is, it is an id or none. */
    @Property
    void anyTextIsAnIdInItsOnlyFormOrNone(@ForAll String text) {
        EventId.parse(text).ifPresent(id -> assertThat(id).hasToString(text));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                "-",
                "a",
                "a-",
                "-1",
                "1",
                "a-b",
                "a--1",
                "a-+1",
                "a-1.0",
                "a-01",
                "a-00",
                "a-0x1",
                "a-1e3",
                "a-1-1",
                " a-1",
                "a-1 ",
                "a -1",
                "a-1\n",
                "\na-1",
                "a\n-1",
                "a_b-1",
                "\u00e9-1",
                "a-\u0661",
                "a\u2010" + "1",
                "a-1\0",
                "a-1,a-2",
                "\"a-1\"",
                "a-1000000000000000000",
                "a-9223372036854775807",
                "a-9223372036854775808",
                "a-99999999999999999999999999",
                "a-18446744073709551617",
                "123456789012345678901234567890123-1"
            })
    void whatIsNotAnIdIsNone(String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }

    @Test
    void theSmallestAndTheLargestAreRead() {
        assertThat(EventId.parse("a-0")).contains(new EventId("a", 0));
        assertThat(EventId.parse("12345678901234567890123456789012-999999999999999999"))
                .contains(new EventId("12345678901234567890123456789012", 999_999_999_999_999_999L));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void anOverlongTextIsNone() {
        assertThat(EventId.parse("a".repeat(5_000_000) + "-1")).isEmpty();
        assertThat(EventId.parse("a-" + "1".repeat(5_000_000))).isEmpty();
        assertThat(EventId.parse("a-1".repeat(1_000_000))).isEmpty();
    }

    @Test
    void anIdCannotBeBuiltOfOtherParts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId("a-b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId("a\nb", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId("x".repeat(33), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId("a", -1));
    }
}
