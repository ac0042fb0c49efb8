package org.tidings.report;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a server takes connections.
 *
 * @param name as its administrators know it
 * @param http2 whether browsers are offered HTTP/2, which they have over TLS only
 * @param silence after which it ends a stream to which nothing was written; empty: it ends none
 * @param clientSilence after which it ends a connection of HTTP/2 whose client has sent nothing, with all streams in
 *     it; empty: it ends none
 */
public record Listener(String name, boolean http2, Optional<Silence> silence, Optional<Silence> clientSilence) {
    /**
     * The longest silence.
     *
     * @param limit how long it is
     * @param setting what to set to have another, and where
     */
    public record Silence(Duration limit, String setting) {}
}
