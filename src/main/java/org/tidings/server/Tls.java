package org.tidings.server;

import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.tidings.config.Settings;

/** Makes a listener speak TLS instead of plain HTTP. */
final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** With forward secrecy and authenticated encryption: no browser needs another, and HTTP/2 allows no other. */
    private static final String CIPHER_SUITES = "TLS_(AES|CHACHA20|ECDHE)_.*(GCM|POLY1305)_.*";

    private Tls() {}

    static void configure(NetworkListener listener, Settings.Tls tls) {
        var engine = new SSLEngineConfigurator(tls.context(), false, false, false);
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setEnabledCipherSuites(Stream.of(engine.getEnabledCipherSuites())
                .filter(suite -> suite.matches(CIPHER_SUITES))
                .toArray(String[]::new));
        listener.setSecure(true);
        listener.setSSLEngineConfig(engine);
    }
}
