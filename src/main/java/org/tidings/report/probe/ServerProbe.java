package org.tidings.report.probe;

import java.util.List;
import java.util.Optional;
import org.tidings.report.Listener;
import org.tidings.report.RequestThreads;

/**
 * What one make of server shows to an application that asks for more than Jakarta EE has. Nothing of the server is
 * needed to compile it, and nothing that it does not show, or shows otherwise than expected, is an error: it is empty.
 */
public interface ServerProbe {
    /** That of the server in this process. */
    static ServerProbe find() {
        return WildFly.find(ManagedBeans.ofThisProcess()).or(Payara::find).orElse(new ServerProbe() {});
    }

    /** Whether it is one whose responses the servlet transport takes over. */
    default boolean isKnown() {
        return false;
    }

    /** Its name and version, where it says more than the Servlet API does. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** Those that applications are reached by. */
    default Optional<List<Listener>> listeners() {
        return Optional.empty();
    }

    /** Those that run the requests of applications. */
    default Optional<RequestThreads> threads() {
        return Optional.empty();
    }

    /**
     * Runs the task when the server shows what it has: at once, or when it has started, on a thread of its own that
     * must not be held up.
     *
     * @return closed, it makes a task that has not run yet run never
     */
    default Wait whenStarted(Runnable task) {
        task.run();
        return () -> {};
    }

    /** For a server that is starting. */
    interface Wait extends AutoCloseable {
        @Override
        void close();
    }
}
