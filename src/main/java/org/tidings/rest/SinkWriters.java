package org.tidings.rest;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that may block on a client, or in an application's callback: a task for one never waits for a task for
 * another, because each that finds no idle thread gets a new one. At most one task runs for each open stream or answer,
 * which bounds their number. Virtual threads where the runtime has them (Java 21 on).
 *
 * <p>Nothing to shut down: the threads are daemons and end when idle. So what the hub still has to close when
 * everything stops is closed, in whatever order beans are destroyed.
 */
public final class SinkWriters implements Executor {
    private static final long IDLE_SECONDS = 5;

    private final ExecutorService threads = threads();

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    private static ExecutorService threads() {
        try {
            // Java 17 has no such method, 19 and 20 have it locked.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return platformThreads();
        }
    }

    private static ExecutorService platformThreads() {
        var number = new AtomicLong();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "tidings-writer-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
