package org.tidings.config;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads what TLS needs, the key store included. The password is in no message and in no object that is left. */
final class TlsReading {
    static final String KEYSTORE = "tidings.tls.keystore";
    static final String PASSWORD = "tidings.tls.password";
    static final String HTTP2 = "tidings.http2";

    private static final System.Logger LOG = System.getLogger(TlsReading.class.getName());
    private static final String HIDDEN = "***";

    private final Reading reading;

    TlsReading(Reading reading) {
        this.reading = reading;
    }

    Optional<Settings.Tls> tls() {
        Optional<String> keystore = reading.text(KEYSTORE);
        Optional<String> password = reading.text(PASSWORD);
        boolean http2 = reading.value(HTTP2, keystore.isPresent(), "on, off", TlsReading::onOrOff);
        if (keystore.isEmpty()) {
            // Who set these believes that TLS is on.
            password.ifPresent(set -> reading.wrong(PASSWORD, HIDDEN, "only with " + KEYSTORE));
            if (http2) {
                reading.wrong(HTTP2, "on", "off, or on with " + KEYSTORE + ": there is no HTTP/2 without TLS");
            }
            return Optional.empty();
        }
        return context(keystore.get(), password).map(context -> new Settings.Tls(context, http2));
    }

    private Optional<SSLContext> context(String file, Optional<String> password) {
        char[] secret = password.orElse("").toCharArray();
        try {
            KeyStore keys = KeyStore.getInstance(new File(file), secret);
            List<X509Certificate> certificates = certificates(keys);
            if (certificates.isEmpty()) {
                return wrong(file, "it has no private key with a certificate");
            }
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, secret);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            certificates.forEach(certificate -> warnUnlessValid(file, certificate));
            return Optional.of(context);
        } catch (IllegalArgumentException e) {
            return wrong(file, "there is no such file");
        } catch (IOException | GeneralSecurityException e) {
            if (e instanceof UnrecoverableKeyException || e.getCause() instanceof UnrecoverableKeyException) {
                reading.wrong(
                        PASSWORD,
                        password.isEmpty() ? "not set" : HIDDEN,
                        "the password of the key store and of its key");
                return Optional.empty();
            }
            return wrong(file, "it cannot be read, or is something else");
        }
    }

    private Optional<SSLContext> wrong(String file, String problem) {
        reading.wrong(KEYSTORE, file, "a PKCS12 or JKS file with a private key and its certificate; " + problem);
        return Optional.empty();
    }

    private static List<X509Certificate> certificates(KeyStore keys) throws GeneralSecurityException {
        var found = new ArrayList<X509Certificate>();
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.entryInstanceOf(alias, PrivateKeyEntry.class)
                    && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found;
    }

    /** No reason not to start: a client may accept it, and a server that is down helps nobody. */
    private static void warnUnlessValid(String file, X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            LOG.log(
                    Level.WARNING,
                    "The certificate in {0} is valid from {1} to {2} only: clients will refuse it",
                    file,
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        }
    }

    private static Optional<Boolean> onOrOff(String text) {
        return Optional.of(text)
                .filter(value -> value.equals("on") || value.equals("off"))
                .map("on"::equals);
    }
}
