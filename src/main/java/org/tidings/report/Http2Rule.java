package org.tidings.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tidings.report.Listener.Silence;

/** Over HTTP/2 a browser has any number of streams, in one connection: what ends that ends all of them. */
final class Http2Rule {
    private static final String SUBJECT = "HTTP/2";

    private Http2Rule() {}

    static Finding judge(Optional<Duration> lifetime, Optional<List<Listener>> listeners) {
        List<Listener> with =
                listeners.stream().flatMap(List::stream).filter(Listener::http2).toList();
        if (with.isEmpty()) {
            return Finding.of(
                    SUBJECT,
                    (listeners.isEmpty() ? "cannot be seen from here" : "not offered")
                            + "; without it a browser opens six connections to one address at the most, unless a proxy"
                            + " offers it");
        }
        return Finding.of(SUBJECT, "offered over TLS by " + join(with, Listener::name))
                .with(problem(lifetime, with));
    }

    /** Streams that end by themselves before are not cut. */
    private static Optional<String> problem(Optional<Duration> lifetime, List<Listener> listeners) {
        List<Listener> cutting = listeners.stream()
                .filter(listener -> listener.clientSilence()
                        .filter(silence -> lifetime.map(age -> silence.limit().compareTo(age) < 0)
                                .orElse(true))
                        .isPresent())
                .toList();
        return cutting.isEmpty()
                ? Optional.empty()
                : Optional.of("a connection whose client sends nothing is cut with all its streams, heartbeats or not: "
                        + join(
                                cutting,
                                listener -> "after "
                                        + Finding.text(listener.clientSilence()
                                                .orElseThrow()
                                                .limit()) + " by "
                                        + listener.name())
                        + ". Set to 0, which is never, "
                        + join(cutting, listener -> listener.clientSilence()
                                .map(Silence::setting)
                                .orElseThrow()));
    }

    private static String join(List<Listener> listeners, Function<Listener, String> words) {
        return listeners.stream().map(words).collect(Collectors.joining(", "));
    }
}
