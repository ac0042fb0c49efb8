package org.tidings.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The built jar as a process of its own, which is killed at the latest when this is closed. */
final class Program implements AutoCloseable {
    private static final String JAR =
            Path.of("target/embedded/tidings.jar").toAbsolutePath().toString();
    private static final String READY = "Tidings listens on ";

    private final Process process;
    private final BufferedReader out;

    private Program(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /**
     * Starts it on any free port, unless the environment names one.
     *
     * @param environment its settings, as {@code TIDINGS_PORT}
     * @param wrapper a command that runs the one behind it
     */
    static Program start(Map<String, String> environment, String... wrapper) throws IOException {
        var command = new ArrayList<>(List.of(wrapper));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-jar", JAR));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_") || name.startsWith("JAVA_TOOL"));
        builder.environment().put("TIDINGS_PORT", "0");
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** Waits until it listens; what it says from then on is read by nobody. */
    URI address() throws IOException {
        var before = new ArrayList<String>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                var unused = CompletableFuture.runAsync(() -> out.lines().forEach(ignored -> {}));
                return URI.create(line.substring(READY.length()));
            }
            before.add(line);
        }
        throw new AssertionError("it did not start: " + before);
    }

    /** What it says until it ends by itself. */
    List<String> lines() {
        return out.lines().toList();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Whether it ends by itself within that time. */
    boolean endsWithin(int millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Asks it to end in good order, and waits until it has. */
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        process.waitFor();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
