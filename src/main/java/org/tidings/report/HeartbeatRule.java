package org.tidings.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tidings.report.Listener.Silence;

/** Heartbeats keep a server from ending streams on which nothing happens, if they are frequent enough. */
final class HeartbeatRule {
    /** How many belong into the silence that a server allows: one that comes late is to end no stream. */
    private static final int ENOUGH = 2;

    private HeartbeatRule() {}

    static Finding judge(Duration heartbeat, Optional<List<Listener>> listeners) {
        String every = "every " + Finding.text(heartbeat) + "; ";
        if (listeners.isEmpty()) {
            return Finding.of(
                    "heartbeat",
                    every + "after which time the server ends a silent stream cannot be seen from here: it has to be"
                            + " longer");
        }
        List<Listener> impatient = listeners.get().stream()
                .filter(listener -> listener.silence().isPresent())
                .sorted(Comparator.comparing(HeartbeatRule::limit))
                .toList();
        String limits = impatient.isEmpty()
                ? "the server ends no stream because it is silent"
                : "a silent stream is ended after "
                        + join(impatient, ", ", listener -> Finding.text(limit(listener)) + " by " + listener.name());
        return Finding.of("heartbeat", every + limits).with(problem(heartbeat, impatient));
    }

    private static Optional<String> problem(Duration heartbeat, List<Listener> impatient) {
        Duration needed = heartbeat.multipliedBy(ENOUGH);
        List<Listener> tooShort = impatient.stream()
                .filter(listener -> limit(listener).compareTo(needed) < 0)
                .toList();
        if (tooShort.isEmpty()) {
            return Optional.empty();
        }
        String atMost = Finding.text(limit(tooShort.get(0)).dividedBy(ENOUGH));
        return Optional.of("streams on which nothing happens may be ended. Set tidings.heartbeat to " + atMost
                + " or less; or to " + needed.toMillis() + " ms or more "
                + join(tooShort, " and ", listener -> listener.silence()
                        .map(Silence::setting)
                        .orElseThrow()));
    }

    private static Duration limit(Listener listener) {
        return listener.silence().orElseThrow().limit();
    }

    private static String join(List<Listener> listeners, String between, Function<Listener, String> words) {
        return listeners.stream().map(words).collect(Collectors.joining(between));
    }
}
