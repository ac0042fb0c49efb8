package org.tidings.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program that puts load on servers. It takes lines as {@link Run#parse} describes them on stdin, one after the
 * other, and answers each with a line on stdout, {@code KEY=value} for each {@link Metric}, or with an empty one and
 * the reason on stderr. It ends with its input. One process for many runs, so that its own code is compiled.
 */
final class LoadClient {
    private LoadClient() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        long number = ProcessHandle.current().pid() * 1000;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(Run.parse(number++, line)));
        }
        System.exit(0); // whatever still reads
    }

    /** The command that starts it. */
    static List<String> command(Certificate certificate) {
        // No threads beside the load's, and room for a storm: a pause here would be measured as the server's.
        var command = new ArrayList<>(List.of(Java.tool("java"), "-XX:+UseSerialGC", "-Xms2g", "-Xmn1g"));
        command.addAll(certificate.trust());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadClient.class.getName()));
        return command;
    }

    private static String answer(Run run) throws InterruptedException {
        try {
            boolean storm = run.workload().scope() == Workload.Scope.STORM;
            Map<Metric, Double> metrics = storm ? new Storm(run).take() : new Measurement(run).take();
            return Metric.line(metrics);
        } catch (IOException | RuntimeException e) {
            System.err.println(run.line() + ": " + e);
            return "";
        }
    }
}
