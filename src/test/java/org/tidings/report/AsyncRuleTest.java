package org.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which filters streams can go through, and what is said of the others. */
class AsyncRuleTest {
    private static final ChainLink SERVLET = new ChainLink("servlet rest", Optional.of(true));

    @Test
    void filtersThatSupportItAreNamed() {
        Finding finding = judge(new ChainLink("filter login", Optional.of(true)), SERVLET);

        assertThat(finding.found()).isEqualTo("supported by filter login, servlet rest");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void aFilterThatDoesNotIsAProblemAndNamed() {
        Finding finding = judge(
                new ChainLink("filter login", Optional.of(true)),
                new ChainLink("filter audit", Optional.of(false)),
                SERVLET);

        assertThat(finding.found()).isEqualTo("not supported by filter audit");
        assertThat(finding.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("streams behind filter audit fail")
                .contains("@WebFilter", "web.xml"));
    }

    @Test
    void aFilterOfWhichItCannotBeSeenIsNamedAndIsNoProblem() {
        Finding finding = judge(new ChainLink("filter odd", Optional.empty()), SERVLET);

        assertThat(finding.found()).isEqualTo("cannot be seen from here of filter odd; each has to support it");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void whereThereAreNoneOrNoneCanBeSeenItIsSaid() {
        assertThat(judge().found()).isEqualTo("no filters before streams");
        assertThat(AsyncRule.judge(Optional.empty()).found())
                .isEqualTo("what stands before streams cannot be seen from here; each filter has to support it");
    }

    private static Finding judge(ChainLink... chain) {
        return AsyncRule.judge(Optional.of(List.of(chain)));
    }
}
