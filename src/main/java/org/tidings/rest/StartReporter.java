package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
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

    /** What was said. Empty: the server is still starting. */
    Optional<StartReport> report() {
        return report;
    }
}
