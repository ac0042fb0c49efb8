package org.tidings.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was found at the start: what is so, and what had better be otherwise. A value, made of facts alone; the probes
 * that gather them are elsewhere.
 */
public record StartReport(List<Finding> findings) {
    public StartReport {
        findings = List.copyOf(findings);
    }

    /** Judges. */
    public static StartReport of(Facts facts) {
        return new StartReport(Stream.concat(ServerRules.judge(facts), MachineRules.judge(facts))
                .toList());
    }

    /**
     * With what came out since.
     *
     * @param fallbacks why streams have to do without the transport that was found, and what to do
     */
    public StartReport with(Collection<String> fallbacks) {
        return fallbacks.isEmpty()
                ? this
                : new StartReport(findings.stream()
                        .map(finding -> TransportRule.judge(finding, fallbacks))
                        .toList());
    }

    /** All findings for the log, a line each. */
    public String text() {
        int width = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        return findings.stream()
                .map(finding -> "  " + finding.subject()
                        + " ".repeat(width - finding.subject().length())
                        + "  " + finding.found()
                        + finding.confidential().map(more -> "; " + more).orElse(""))
                .collect(Collectors.joining("\n", "What Tidings found at its start:\n", ""));
    }

    /** What is wrong, for the log, a line each; empty: nothing is. */
    public Optional<String> problems() {
        String lines = findings.stream()
                .flatMap(finding ->
                        finding.problem().stream().map(problem -> "\n  " + finding.subject() + ": " + problem))
                .collect(Collectors.joining());
        return lines.isEmpty() ? Optional.empty() : Optional.of("Tidings runs, and needs your attention:" + lines);
    }
}
