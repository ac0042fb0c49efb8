package org.tidings.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The program that measures the log and the hub without a server, in a process of its own with the JVM's default
 * settings. It takes lines and answers them as {@link LoadClient} does.
 */
final class LogClient {
    private static final Path FOLDER = Path.of("target/bench");

    private LogClient() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line));
        }
        System.exit(0); // whatever still runs
    }

    /** The command that starts it. */
    static List<String> command() {
        String path = System.getProperty("java.class.path") + File.pathSeparator + "target/embedded/tidings.jar";
        return List.of(Java.tool("java"), "-cp", path, LogClient.class.getName());
    }

    static String request(Workload workload, double seconds) {
        return workload.name() + " " + seconds;
    }

    private static String answer(String request) throws InterruptedException {
        String[] words = request.split(" ", -1);
        try {
            Path folder = FreshFolder.create(FOLDER);
            try {
                var measurement = new LogMeasurement(Workload.named(words[0]), Double.parseDouble(words[1]), folder);
                return Metric.line(measurement.take());
            } finally {
                FreshFolder.delete(folder);
            }
        } catch (IOException | RuntimeException e) {
            System.err.println(request + ": " + e);
            return "";
        }
    }
}
