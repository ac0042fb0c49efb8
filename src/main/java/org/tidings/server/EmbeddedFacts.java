package org.tidings.server;

import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.jersey.internal.Version;
import org.tidings.config.Settings;
import org.tidings.report.Listener;
import org.tidings.report.ServerFacts;

/** What the embedded server says of itself: it has no filters of applications, and ends no stream that is silent. */
final class EmbeddedFacts {
    private EmbeddedFacts() {}

    static ServerFacts of(Settings settings) {
        boolean http2 = settings.tls().map(Settings.Tls::http2).orElse(false);
        var listener = new Listener("the embedded server", http2, Optional.empty(), Optional.empty());
        return new ServerFacts(
                "Tidings " + version() + ", embedded (Grizzly " + Grizzly.getDotedVersion() + ", Jersey "
                        + Version.getVersion() + ")",
                Optional.of(List.of(listener)),
                Optional.of(List.of()),
                Optional.empty());
    }

    private static String version() {
        String ofTheJar = EmbeddedFacts.class.getPackage().getImplementationVersion();
        return ofTheJar == null ? "from its classes" : ofTheJar;
    }
}
