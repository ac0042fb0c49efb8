package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void aloneItIsOneRoundAndAgainstARivalThree() {
        assertThat(Options.parse(List.of()).repeat()).isEqualTo(1);
        assertThat(Options.parse(List.of("--against", "payara")).repeat()).isEqualTo(3);
        assertThat(Options.parse(List.of("--against", "payara", "--repeat", "1"))
                        .repeat())
                .isEqualTo(1);
    }

    @Test
    void inAServerOnlyItsOwnWorkloadsAreMeasured() {
        assertThat(Options.parse(List.of("--against", "wildfly", "--only", "^(1000-w|10000-|storm)"))
                        .workloads())
                .extracting(Workload::name)
                .containsExactly("1000-w4", "1000-w32");
    }

    @Test
    void aRivalThatThereIsNotIsToldWithThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--against", "none")))
                .withMessage("The rivals are nchan, payara and wildfly, not none.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--against")))
                .withMessage("--against needs a value.");
    }
}
