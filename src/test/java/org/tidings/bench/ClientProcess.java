package org.tidings.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The {@link LoadClient} or {@link LogClient} that runs; another one is started when it is needed, also after one that
 * did not answer.
 */
final class ClientProcess {
    /** What a run may take beside the time that it measures for. */
    private static final long EXTRA_SECONDS = 150;

    private final String name;
    private final Children children;
    private final List<String> command;
    private Process process;
    private BufferedReader out;
    private Writer in;

    ClientProcess(String name, Children children, List<String> command) {
        this.name = name;
        this.children = children;
        this.command = command;
    }

    /** Nothing, if it failed; its .log says why. */
    Map<Metric, Double> take(String request, double seconds) throws IOException, InterruptedException {
        if (process == null) {
            process = children.start(name, command, Map.of());
            out = process.inputReader();
            in = process.outputWriter();
        }
        try {
            in.write(request + "\n");
            in.flush();
            String line =
                    CompletableFuture.supplyAsync(this::readLine).get((long) seconds + EXTRA_SECONDS, TimeUnit.SECONDS);
            return Metric.parse(line);
        } catch (ExecutionException | TimeoutException e) {
            stop();
            return Map.of();
        }
    }

    void stop() {
        if (process != null) {
            children.stop(process);
            process = null;
        }
    }

    private String readLine() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the load client has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
