package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "1, 1B",
        "1023, 1023B",
        "1024, 1KiB",
        "1025, 1025B",
        "262144, 256KiB",
        "1048576, 1MiB",
        "1073741824, 1GiB",
        "1099511627776, 1024GiB"
    })
    void aSizeIsShownInItsLargestWholeUnit(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void unitsAreOf1024() {
        assertThat(ByteSize.kibi(3).bytes()).isEqualTo(3_072);
        assertThat(ByteSize.mebi(3)).isEqualTo(ByteSize.kibi(3_072));
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteSize(-1));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> ByteSize.mebi(Long.MAX_VALUE / 1024));
    }
}
