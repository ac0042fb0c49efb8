package org.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of the threads for requests. */
class ServerRulesTest {
    @Test
    void aHandfulOfThreadsIsAProblem() {
        assertThat(ServerRules.threads(new RequestThreads(16, "the pool")).problem())
                .isEmpty();
        assertThat(ServerRules.threads(new RequestThreads(15, "the pool")).problem())
                .hasValue("a handful of slow requests keep all others waiting. Set to 16 or more the pool");
    }
}
