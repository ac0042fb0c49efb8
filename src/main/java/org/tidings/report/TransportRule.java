package org.tidings.report;

import java.util.Collection;
import java.util.Optional;

/** How events reach the clients. Whether each stream can have it so comes out when it is opened. */
final class TransportRule {
    private static final String SUBJECT = "transport";

    private TransportRule() {}

    static Finding judge(String transport) {
        return Finding.of(SUBJECT, transport);
    }

    /** Leaves what was found of anything else as it is. */
    static Finding judge(Finding found, Collection<String> fallbacks) {
        return found.subject().equals(SUBJECT)
                ? found.with(Optional.of("streams go through the server's SseEventSink instead, one event at a time: "
                        + String.join("; ", fallbacks)))
                : found;
    }
}
