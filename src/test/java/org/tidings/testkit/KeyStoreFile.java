package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key store with a key for 127.0.0.1, made by the keytool of the JDK that runs the test. */
public record KeyStoreFile(Path path, String password) {
    private static final String PASSWORD = "correct-horse";

    /** @param options of {@code keytool -genkeypair}, as {@code -storetype JKS} */
    public static KeyStoreFile create(Path path, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                path.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1"));
        command.addAll(List.of(options));
        if (!command.contains("-keypass")) {
            command.addAll(List.of("-keypass", PASSWORD)); // for a JKS it would ask
        }
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        return new KeyStoreFile(path, PASSWORD);
    }

    /** What a server is told, to use it. */
    public Map<String, String> settings() {
        return Map.of("tidings.port", "0", "tidings.tls.keystore", path.toString(), "tidings.tls.password", password);
    }

    /** The key and the certificate in a file beside it, as servers that are not written in Java want them. */
    public Path pem() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(path.toFile(), password.toCharArray());
        String alias = keys.aliases().nextElement();
        byte[] key = keys.getKey(alias, password.toCharArray()).getEncoded();
        return Files.writeString(
                path.resolveSibling(path.getFileName() + ".pem"),
                pem("PRIVATE KEY", key)
                        + pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    /** For a client that trusts this certificate, and no other. */
    public SSLContext trust() throws IOException, GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(path.toFile(), password.toCharArray()));
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
