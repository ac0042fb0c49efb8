package org.tidings.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.testkit.KeyStoreFile;

/** The keys of TLS. */
class TlsReadingTest {
    private static final String NOT_A_STORE =
            "' (allowed: a PKCS12 or JKS file with a private key and its certificate; ";

    @TempDir
    private static Path folder;

    private static KeyStoreFile keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = KeyStoreFile.create(folder.resolve("good.p12"));
    }

    @Test
    void aKeyStoreSwitchesTlsAndHttp2On() {
        Settings.Tls tls = read(keys.settings()).tls().orElseThrow();

        assertThat(tls.http2()).isTrue();
        assertThat(tls.context().getProtocol()).isEqualTo("TLS");
    }

    @Test
    void http2CanBeSwitchedOff() {
        assertThat(read(with(keys.settings(), "tidings.http2", "off"))
                        .tls()
                        .orElseThrow()
                        .http2())
                .isFalse();
        assertThat(read(Map.of("tidings.http2", "off")).tls()).isEmpty();
    }

    @Test
    void anOldKeyStoreIsRead() throws Exception {
        var old = KeyStoreFile.create(folder.resolve("old.jks"), "-storetype", "JKS");

        assertThat(read(old.settings()).tls()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-file.p12", "."})
    void aFileThatIsNotThereIsTold(String name) {
        String path = folder.resolve(name).toString();

        assertThat(problem(with(keys.settings(), TlsReading.KEYSTORE, path)))
                .isEqualTo("tidings.tls.keystore is '" + path + NOT_A_STORE + "there is no such file)");
    }

    /** What Let's Encrypt gives is one. */
    @Test
    void aFileThatIsNoKeyStoreIsTold() throws IOException {
        String path = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n")
                .toString();

        assertThat(problem(with(keys.settings(), TlsReading.KEYSTORE, path)))
                .isEqualTo(
                        "tidings.tls.keystore is '" + path + NOT_A_STORE + "it cannot be read, or is something else)");
    }

    @Test
    void aKeyStoreThatIsCutOffIsTold() throws IOException {
        byte[] whole = Files.readAllBytes(keys.path());
        String path = Files.write(folder.resolve("cut.p12"), Arrays.copyOf(whole, whole.length / 2))
                .toString();

        assertThat(problem(with(keys.settings(), TlsReading.KEYSTORE, path)))
                .isEqualTo(
                        "tidings.tls.keystore is '" + path + NOT_A_STORE + "it cannot be read, or is something else)");
    }

    @Test
    void aKeyStoreWithoutAKeyIsTold() throws Exception {
        KeyStore store =
                KeyStore.getInstance(keys.path().toFile(), keys.password().toCharArray());
        store.setCertificateEntry("trusted", store.getCertificate("mykey"));
        store.deleteEntry("mykey");
        Path path = folder.resolve("no-key.p12");
        try (var out = Files.newOutputStream(path)) {
            store.store(out, keys.password().toCharArray());
        }

        assertThat(problem(with(keys.settings(), TlsReading.KEYSTORE, path.toString())))
                .isEqualTo(
                        "tidings.tls.keystore is '" + path + NOT_A_STORE + "it has no private key with a certificate)");
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        assertThat(problem(with(keys.settings(), TlsReading.PASSWORD, "wrong-horse")))
                .isEqualTo("tidings.tls.password is '***' (allowed: the password of the key store and of its key)");
    }

    @Test
    void aKeyWithAPasswordOfItsOwnIsTold() throws Exception {
        var other =
                KeyStoreFile.create(folder.resolve("other-key.jks"), "-storetype", "JKS", "-keypass", "another-horse");

        assertThat(problem(other.settings()))
                .isEqualTo("tidings.tls.password is '***' (allowed: the password of the key store and of its key)");
    }

    @Test
    void aPasswordThatIsMissingIsTold() {
        assertThat(problem(Map.of(TlsReading.KEYSTORE, keys.path().toString())))
                .isEqualTo("tidings.tls.password is 'not set' (allowed: the password of the key store and of its key)");
    }

    @Test
    void withoutAKeyStoreNothingElseOfItIsAllowed() {
        assertThat(problem(Map.of(TlsReading.PASSWORD, "correct-horse")))
                .isEqualTo("tidings.tls.password is '***' (allowed: only with tidings.tls.keystore)");
        assertThat(problem(Map.of(TlsReading.HTTP2, "on")))
                .isEqualTo("tidings.http2 is 'on' (allowed: off, or on with tidings.tls.keystore: there is no HTTP/2"
                        + " without TLS)");
    }

    @Test
    void aSwitchIsOnOrOff() {
        assertThat(problem(with(keys.settings(), TlsReading.HTTP2, "yes")))
                .isEqualTo("tidings.http2 is 'yes' (allowed: on, off)");
    }

    /** The start goes on, with a warning. */
    @Test
    void aCertificateThatHasExpiredIsNoReasonNotToStart() throws Exception {
        var expired = KeyStoreFile.create(folder.resolve("expired.p12"), "-startdate", "-10d", "-validity", "5");

        assertThat(read(expired.settings()).tls()).isPresent();
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        var changed = new HashMap<>(settings);
        changed.put(key, value);
        return changed;
    }

    private static String problem(Map<String, String> settings) {
        return catchThrowableOfType(SettingsException.class, () -> read(settings))
                .getMessage();
    }

    private static Settings read(Map<String, String> settings) {
        return SettingsReader.read(ConfigProviderResolver.instance()
                .getBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }
}
