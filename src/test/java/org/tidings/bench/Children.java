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

    /** @param folder for what they print to stderr */
    Children(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-stop"));
    }

    Process start(String name, List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Ends one in good order, or not. */
    void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        running.remove(process);
    }

    @Override
    public void close() {
        running.forEach(Process::destroy);
        running.forEach(this::stop);
    }
}
