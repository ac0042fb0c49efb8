package org.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.report.Listener.Silence;

/** What is said of HTTP/2. */
class Http2RuleTest {
    private static final Optional<Duration> LIFETIME = Optional.of(Duration.ofHours(1));

    @Test
    void theListenersThatOfferItAreNamed() {
        Finding finding = judge(LIFETIME, listener("http", false, 0), listener("https", true, 0));

        assertThat(finding.found()).isEqualTo("offered over TLS by https");
        assertThat(finding.problem()).isEmpty();
    }

    @Test
    void withoutItTheLimitOfBrowsersIsToldAndIsNoProblem() {
        Finding none = judge(LIFETIME, listener("http", false, 90));
        Finding unseen = Http2Rule.judge(LIFETIME, Optional.empty());

        assertThat(none.found()).startsWith("not offered; without it a browser opens six connections");
        assertThat(unseen.found()).startsWith("cannot be seen from here; without it a browser opens six connections");
        assertThat(none.problem()).isEmpty();
        assertThat(unseen.problem()).isEmpty();
    }

    @Test
    void aListenerThatCutsClientsWhichOnlyListenIsAProblem() {
        assertThat(judge(LIFETIME, listener("https", true, 90)).problem())
                .hasValue(
                        "a connection whose client sends nothing is cut with all its streams, heartbeats or not: after"
                                + " 90s by https. Set to 0, which is never, the read time-out of https");
    }

    @Test
    void streamsThatEndByThemselvesBeforeAreNotCut() {
        assertThat(judge(LIFETIME, listener("https", true, 3600)).problem()).isEmpty();
        assertThat(judge(LIFETIME, listener("https", true, 3599)).problem()).isPresent();
        assertThat(judge(Optional.empty(), listener("https", true, 1_000_000)).problem())
                .isPresent();
    }

    private static Finding judge(Optional<Duration> lifetime, Listener... listeners) {
        return Http2Rule.judge(lifetime, Optional.of(List.of(listeners)));
    }

    private static Listener listener(String name, boolean http2, int seconds) {
        var silence = new Silence(Duration.ofSeconds(seconds), "the read time-out of " + name);
        return new Listener(name, http2, Optional.empty(), Optional.of(silence).filter(it -> seconds > 0));
    }
}
