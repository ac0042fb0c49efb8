package org.tidings.report;

import java.time.Duration;
import java.util.Optional;

/**
 * One thing that was found, in plain words.
 *
 * @param subject what it is about, in a word: {@code heartbeat}
 * @param found what is so, for everybody who may ask for the server's health
 * @param confidential what the log has besides, and nobody else is told: paths of this machine
 * @param problem what is wrong with it, and what to set where. Empty: nothing is
 */
public record Finding(String subject, String found, Optional<String> confidential, Optional<String> problem) {
    static Finding of(String subject, String found) {
        return new Finding(subject, found, Optional.empty(), Optional.empty());
    }

    Finding confidentially(String more) {
        return new Finding(subject, found, Optional.of(more), problem);
    }

    Finding with(Optional<String> whatIsWrong) {
        return new Finding(subject, found, confidential, whatIsWrong);
    }

    /** A time as it is set: {@code 15s}. */
    static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
