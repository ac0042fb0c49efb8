package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.tidings.config.Settings;
import org.tidings.report.Facts;
import org.tidings.report.ServerFacts;
import org.tidings.report.StartReport;
import org.tidings.report.probe.ThisMachine;

/** Says what was found at the start: in the log, and to who asks for the server's health. */
@ApplicationScoped
public class StartReporter {
    /** The transport of servers that nothing is known of. */
    public static final String PORTABLE =
            "sink: one event at a time for each client, through the server's SseEventSink";

    private static final System.Logger LOG = System.getLogger(StartReporter.class.getName());

    @Inject
    private Settings settings;

    // Written by the thread that tells, read by requests.
    private volatile Optional<StartReport> report = Optional.empty();

    // Of any request. There are few reasons.
    private final Set<String> fallbacks = new CopyOnWriteArraySet<>();

    /**
     * Says it. Called by who knows the server, when it has started.
     *
     * @param transport how events reach the clients
     */
    public void tell(String transport, ServerFacts server) {
        StartReport told = StartReport.of(new Facts(settings, transport, server, ThisMachine.look(settings.log())));
        report = Optional.of(told);
        LOG.log(System.Logger.Level.INFO, told.text());
        told.problems().ifPresent(problems -> LOG.log(System.Logger.Level.WARNING, problems));
    }

    /**
     * Says, once for each reason, that a stream has to do without the transport that was told.
     *
     * @param why what keeps it from there, and what to do
     */
    public void fellBack(String why) {
        if (fallbacks.add(why)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A stream goes through the server''s SseEventSink, one event at a time: {0}",
                    why);
        }
    }

    /** What was said, with what came out since. Empty: the server is still starting. */
    Optional<StartReport> report() {
        return report.map(told -> told.with(fallbacks));
    }
}
