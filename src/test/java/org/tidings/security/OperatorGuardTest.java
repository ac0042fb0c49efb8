package org.tidings.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;

class OperatorGuardTest {
    private static final Caller LOCAL = caller("localhost:8080", Optional.empty(), false);

    private final OperatorGuard guard = new OperatorGuard(() -> true);

    @Test
    void whoIsOnThisMachineIsAnOperator() {
        assertThatCode(() -> guard.check(LOCAL)).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(caller("127.0.0.1", Optional.of("http://127.0.0.1"), false)))
                .doesNotThrowAnyException();
    }

    @Test
    void whoComesFromElsewhereIsNone() {
        refuses(new OperatorGuard(() -> false), LOCAL, "does not come over its loopback address");
    }

    @Test
    void whatAProxyPassedOnIsNotFromHere() {
        refuses(guard, caller("localhost:8080", Optional.empty(), true), "a proxy has passed this request on");
    }

    @Test
    void aNameThatOnlyResolvesToThisMachineIsNone() {
        refuses(
                guard,
                caller("evil.example:8080", Optional.of("http://evil.example:8080"), false),
                "Host is not localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://localhost:3000", "https://localhost:8080", "null"})
    void aPageOfAnotherOriginIsNone(String origin) {
        refuses(guard, caller("localhost:8080", Optional.of(origin), false), "a web page of another origin");
    }

    @Test
    void topicsOfApplicationsAreForEverybody() {
        var stranger = new OperatorGuard(() -> false);

        assertThatCode(() -> stranger.check(LOCAL, matchers("a", "**", "a/$hub")))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> stranger.check(LOCAL, matchers("a", "$hub/*")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void anAddressOfThisMachine(String address) {
        assertThat(PeerAddress.isLoopback(address)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "10.0.0.1", "0.0.0.0", "2001:db8::1", "localhost", "cafe", "127.0.0.1.example", ":::"})
    void anyOtherIsNone(String address) {
        assertThat(PeerAddress.isLoopback(address)).isFalse();
    }

    private static Caller caller(String host, Optional<String> origin, boolean forwarded) {
        return new Caller("http", host, origin, forwarded);
    }

    private static List<TopicMatcher> matchers(String... topics) {
        return List.of(topics).stream().map(TopicMatcher::new).toList();
    }

    private static void refuses(OperatorGuard guard, Caller caller, String missing) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> guard.check(caller))
                .withMessageContaining(missing)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.OPERATORS_ONLY));
    }
}
