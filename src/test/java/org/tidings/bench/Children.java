package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes that were started: all of them end with this one, also when it is told to end. */
final class Children implements AutoCloseable {
    private static final long STOP_SECONDS = 5;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final Path folder;
    private boolean closed; // guarded by this

    /** @param folder for their logs, which have what they print to stderr */
    Children(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-stop"));
    }

    /** Whoever starts it reads what it prints to stdout. */
    Process start(String name, List<String> command, Map<String, String> environment) throws IOException {
        return start(new ProcessBuilder(command), name, environment);
    }

    /** Nobody reads what it prints: all of it goes to its log. */
    Process startAside(String name, List<String> command, Map<String, String> environment) throws IOException {
        return start(new ProcessBuilder(command).redirectOutput(log(name)), name, environment);
    }

    private synchronized Process start(ProcessBuilder builder, String name, Map<String, String> environment)
            throws IOException {
        if (closed) {
            throw new IOException(name + " is not started any more: the benchmark ends");
        }
        builder.environment().putAll(environment);
        Process process = builder.redirectError(log(name)).start();
        running.add(process);
        return process;
    }

    private ProcessBuilder.Redirect log(String name) {
        return ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile());
    }

    /** Ends one in good order, or not, and what it started with it. */
    void stop(Process process) {
        List<ProcessHandle> own = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                own.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            own.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        running.remove(process);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        running.forEach(Process::destroy);
        running.forEach(this::stop);
    }
}
