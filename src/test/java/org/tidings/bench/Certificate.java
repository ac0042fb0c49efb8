package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key and a certificate for 127.0.0.1 that are made once and kept: as PKCS12 for Java, as PEM for nginx. */
record Certificate(Path folder) {
    static final String PASSWORD = "benchmark";

    private static final String ALIAS = "bench";

    Path keystore() {
        return folder.resolve("keystore.p12");
    }

    Path pem() {
        return folder.resolve("keystore.pem");
    }

    /** What a JVM needs to trust the servers. */
    List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + keystore(), "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    /** Makes the files, unless they are there. */
    void make(Children children) throws IOException, InterruptedException {
        if (Files.exists(pem())) {
            return;
        }
        Files.deleteIfExists(keystore());
        String keytool = Java.tool("keytool");
        var command = List.of(
                keytool,
                "-genkeypair",
                "-keystore",
                keystore().toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        if (children.start("keytool", command, java.util.Map.of()).waitFor() != 0) {
            throw new IOException("keytool made no certificate; target/bench/keytool.log says why");
        }
        try {
            KeyStore keys = KeyStore.getInstance(keystore().toFile(), PASSWORD.toCharArray());
            Files.writeString(
                    pem(),
                    pem(
                                    "PRIVATE KEY",
                                    keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded())
                            + pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}
