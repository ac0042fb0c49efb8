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

/** The {@link LoadClient} that runs; another one is started when it is needed, also after one that did not answer. */
final class ClientProcess {
    /** What a run may take beside the time that it measures for. */
    private static final long EXTRA_SECONDS = 150;

    private final Children children;
    private final List<String> command;
    private Process process;
    private BufferedReader out;
    private Writer in;

    ClientProcess(Children children, List<String> command) {
        this.children = children;
        this.command = command;
    }

    /** Nothing, if it failed; client.log says why. */
    Map<Metric, Double> take(Run run) throws IOException, InterruptedException {
        if (process == null) {
            process = children.start("client", command, Map.of());
            out = process.inputReader();
            in = process.outputWriter();
        }
        try {
            in.write(run.line() + "\n");
            in.flush();
            String line = CompletableFuture.supplyAsync(this::readLine)
                    .get((long) run.seconds() + EXTRA_SECONDS, TimeUnit.SECONDS);
            return Metric.parse(line);
        } catch (ExecutionException | TimeoutException e) {
            children.stop(process);
            process = null;
            return Map.of();
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
