package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadingTest {
    private final Leading<Integer> leading = new Leading<>(3, Comparator.<Integer>reverseOrder());

    @Test
    void theFirstOfAllAreKeptInOrder() {
        List.of(4, 1, 5, 9, 2, 6, 5).forEach(leading::offer);
        assertThat(leading.inOrder()).containsExactly(9, 6, 5);
    }

    @Test
    void ofFewAllAreKept() {
        List.of(1, 2).forEach(leading::offer);
        assertThat(leading.inOrder()).containsExactly(2, 1);
    }
}
