package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The driver: starts servers and load clients, and prints and keeps what they measured. */
final class Bench implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();

    /** What a load client may need beside the time that it measures for. */
    private static final long CLIENT_SECONDS = 120;

    private static final double WARM_UP_SECONDS = 5;

    private final Options options;
    private final Children children = new Children(FOLDER);
    private final Map<Contestant, ServerProcess> servers = new EnumMap<>(Contestant.class);
    private final Results results = new Results();

    private Bench(Options options) {
        this.options = options;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.list()) {
            options.workloads().forEach(workload -> System.out.println(workload.name()));
            return;
        }
        Files.createDirectories(FOLDER);
        try (var bench = new Bench(options)) {
            bench.run();
            bench.report(Machine.describe(List.of(args)));
        }
    }

    @Override
    public void close() {
        children.close();
    }

    private void run() throws IOException, InterruptedException {
        for (int i = 0; i < options.repeat(); i++) {
            System.err.printf("round %d of %d%n", i + 1, options.repeat());
            for (Workload workload : options.workloads()) {
                // Who comes first changes, for the machine may be slower after a long pause.
                List<Contestant> order = contestants(workload);
                Collections.rotate(order, i);
                for (Contestant contestant : order) {
                    measure(workload, contestant);
                }
            }
            stopServers();
        }
    }

    private List<Contestant> contestants(Workload workload) {
        var contestants = new ArrayList<>(List.of(Contestant.TIDINGS));
        if (options.againstNchan()) {
            contestants.add(Contestant.NCHAN_1);
            contestants.add(Contestant.NCHAN_2);
        }
        if (workload.scope() == Workload.Scope.BASELINE) {
            contestants.add(Contestant.JERSEY);
        }
        return contestants;
    }

    private void measure(Workload workload, Contestant contestant) throws IOException, InterruptedException {
        boolean fresh = workload.scope() == Workload.Scope.FRESH;
        if (fresh) {
            stopServer(contestant);
        }
        ServerProcess server = server(contestant);
        var result = new Results.Result(workload, contestant, client(server, workload, options.seconds()));
        System.err.println(result.line());
        results.add(result);
        if (fresh || result.metrics().isEmpty()) {
            stopServer(contestant);
        }
    }

    private ServerProcess server(Contestant contestant) throws IOException, InterruptedException {
        ServerProcess running = servers.get(contestant);
        if (running != null) {
            return running;
        }
        ServerProcess server = contestant.start(children, FOLDER);
        servers.put(contestant, server);
        if (server.endpoint().api().isJava()) {
            client(server, Workload.WARM_UP, WARM_UP_SECONDS);
            client(server, Workload.WARM_UP_PUBLISHING, WARM_UP_SECONDS / 2);
        }
        return server;
    }

    /** Measures, in a process of its own. Returns nothing if that fails. */
    private Map<Metric, Double> client(ServerProcess server, Workload workload, double seconds)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", // no threads beside the one that reads
                "-cp",
                System.getProperty("java.class.path"),
                LoadClient.class.getName(),
                server.endpoint().api().name(),
                Integer.toString(server.endpoint().port()),
                workload.name(),
                Double.toString(seconds)));
        server.pids().forEach(pid -> command.add(Long.toString(pid)));
        Process client = children.start("client", command, Map.of());
        try {
            if (!client.waitFor((long) seconds + CLIENT_SECONDS, TimeUnit.SECONDS) || client.exitValue() != 0) {
                return Map.of();
            }
            String line = client.inputReader().readLine();
            return line == null ? Map.of() : LoadClient.parse(line);
        } finally {
            children.stop(client);
            server.awaitQuiet();
        }
    }

    private void stopServer(Contestant contestant) {
        ServerProcess server = servers.remove(contestant);
        if (server != null) {
            children.stop(server.process());
        }
    }

    private void stopServers() {
        List.copyOf(servers.keySet()).forEach(this::stopServer);
    }

    private void report(String machine) throws IOException {
        var text = new StringBuilder(machine).append('\n').append(ResultTable.medians(results));
        if (options.againstNchan()) {
            text.append('\n').append(ResultTable.ratios(results));
        }
        System.out.println(text);
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(ZonedDateTime.now(ZoneId.systemDefault()));
        Path file = FOLDER.resolve("result-" + time + ".md");
        Files.writeString(file, text + "\n```\n" + results.raw() + "```\n");
        System.out.println("Kept, with each single measurement, in " + file);
    }
}
