package org.tidings.rest.servlet;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.ServletContext;
import org.tidings.report.ServerFacts;
import org.tidings.report.probe.ServerProbe;
import org.tidings.rest.StartReporter;

/** Has the start reported, of the server that this web application is in, as soon as that shows itself. */
@ApplicationScoped
public class ServerStart {
    /** Behind the hub's: what cannot start has nothing to report. */
    private static final int LAST = Interceptor.Priority.APPLICATION + 900;

    private static final String A_STREAM = "/hub/events";

    @Inject
    private StartReporter reporter;

    // Set by the thread that starts the application, read by the one that ends it.
    private volatile ServerProbe.Wait wait = () -> {};

    void start(@Observes @Priority(LAST) @Initialized(ApplicationScoped.class) ServletContext application) {
        ServerProbe probe = ServerProbe.find();
        wait = probe.whenStarted(() -> reporter.tell(
                probe.isKnown() ? ServletTransport.NAME : StartReporter.PORTABLE, facts(application, probe)));
    }

    @PreDestroy
    void stop() {
        wait.close();
    }

    private static ServerFacts facts(ServletContext application, ServerProbe probe) {
        return new ServerFacts(
                probe.name().orElseGet(application::getServerInfo),
                probe.listeners(),
                StreamChain.before(A_STREAM, application),
                probe.threads());
    }
}
