package org.tidings.demo;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tidings.api.Hub;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/**
 * Jobs that do nothing but take about five seconds and tell how far they are.
 *
 * <p>{@link #start} may be called by any thread. At most {@value #MAX_RUNNING} jobs run; they share one thread, which
 * ends with the bean.
 */
@ApplicationScoped
public class Jobs {
    static final int MAX_RUNNING = 8;

    private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int PERCENT_PER_STEP = 5;

    private final Semaphore places = new Semaphore(MAX_RUNNING);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var worker = new Thread(task, "tidings-demo-jobs");
        worker.setDaemon(true);
        return worker;
    });

    @Inject
    private Event<JobProgressed> progressed;

    @Inject
    private Hub hub;

    /**
     * Starts a job.
     *
     * @return its id
     * @throws ProblemException 429, if as many run as may
     */
    public String start() {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    429, "too-many-jobs", "Too many jobs", MAX_RUNNING + " jobs are running; try again in a moment");
        }
        String job = UUID.randomUUID().toString().substring(0, 8); // short enough to be read on the page
        next(job, 0);
        return job;
    }

    private void next(String job, int percent) {
        // A step reports its own failure.
        var unused = thread.schedule(() -> step(job, percent), STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void step(String job, int percent) {
        boolean goesOn = false;
        try {
            progressed.fire(new JobProgressed(job, percent));
            goesOn = percent < 100;
            if (!goesOn) {
                hub.end(JobProgressed.topic(job));
            }
        } catch (RuntimeException e) {
            LOG.log(isStopping(e) ? Level.DEBUG : Level.ERROR, "job " + job + " broke off at " + percent + " %", e);
        }
        if (goesOn) {
            next(job, percent + PERCENT_PER_STEP);
        } else {
            places.release();
        }
    }

    private static boolean isStopping(RuntimeException failure) {
        return failure instanceof RejectedException e && e.reason() == RejectionReason.STOPPING;
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }
}
