package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AudienceTest {
    /** What publishers wait for would never come, or be taken for heard too soon. */
    @ParameterizedTest
    @MethodSource("org.tidings.bench.Workload#all")
    void eachTopicHasAsManySubscribersAsAreCountedOn(Workload workload) {
        Audience audience = workload.audience();
        var subscribers = new int[audience.topics()];
        for (int client = 0; client < audience.clients(); client++) {
            audience.topicsOf(client).forEach(topic -> subscribers[topic]++);
        }

        assertThat(subscribers).containsOnly(audience.perTopic());
    }
}
