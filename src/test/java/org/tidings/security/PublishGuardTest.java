package org.tidings.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

class PublishGuardTest {
    private final PublishGuard local = new PublishGuard(false, true);

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:8080", "127.9.9.9:1", "[::1]", "[::1]:80"
            })
    void aProgramOnThisMachineMayPublish(String host) {
        assertThatCode(() -> local.check(caller("http", host, Optional.empty())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1:8080,evil.example",
                "127.0.0.1@evil.example",
                "127.0.0",
                "128.0.0.1",
                "::1",
                "[::1].evil.example",
                "localhost:8080\n",
                "10.0.0.1"
            })
    void aNameThatIsNotLoopbackIsRefusedEvenIfItResolvesToUs(String host) {
        refuses(local, "http", host, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "http, localhost:8080, http://localhost:8080",
        "http, 127.0.0.1, http://127.0.0.1",
        "https, [::1]:8443, https://[::1]:8443",
    })
    void theServersOwnPagesMayPublish(String scheme, String host, String origin) {
        assertThatCode(() -> local.check(caller(scheme, host, Optional.of(origin))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost:8080",
                "http://localhost",
                "http://localhost:3000",
                "http://127.0.0.1:8080",
                "http://localhost:8080.evil.example",
                "null",
                ""
            })
    void aPageOfAnotherOriginIsRefused(String origin) {
        refuses(local, "http", "localhost:8080", Optional.of(origin));
    }

    @Test
    void nobodyMayPublishWhereTheServerDoesNotListenOnLoopback() {
        refuses(new PublishGuard(false, false), "http", "localhost:8080", Optional.empty());
    }

    @Test
    void anyoneMayPublishIfTheOperatorSaysSo() {
        var open = new PublishGuard(true, false);

        assertThatCode(() -> open.check(caller("https", "hub.example", Optional.of("https://shop.example"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"})
    void aLoopbackAddressIsRecognised(String host) {
        assertThat(new ListenAddress(host).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "no such host"})
    void anyOtherAddressIsNotLoopback(String host) {
        assertThat(new ListenAddress(host).isLoopback()).isFalse();
    }

    /** Unless told otherwise, nginx asks for the address that it was given, and HAProxy for what the client said. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"})
    void whatAProxyOnThisMachineHasPassedOnIsNotFromThisMachine(String header) {
        var headers = Map.of("Host", "127.0.0.1:8080", header, "");

        refuses(local, Caller.of("http", headers::get));
    }

    private static Caller caller(String scheme, String host, Optional<String> origin) {
        return new Caller(scheme, host, origin, false);
    }

    private static void refuses(PublishGuard guard, String scheme, String host, Optional<String> origin) {
        refuses(guard, caller(scheme, host, origin));
    }

    private static void refuses(PublishGuard guard, Caller caller) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> guard.check(caller))
                .withMessageContaining("tidings.publish=anyone")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.PUBLISHING_FORBIDDEN));
    }
}
