package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The driver: starts servers and load clients, and prints and keeps what they measured. */
final class Bench implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();

    /** How long each workload of the warm-up is. */
    private static final double WARM_UP_SECONDS = 2;

    /**
     * How often it is repeated at the most, and when it is no more: when so many in a row took so much of the least.
     */
    private static final int WARM_UPS = 12;

    private static final int STEADY_RUNS = 2;
    private static final double STEADY = 0.9;

    private final Options options;
    private final Children children = new Children(FOLDER);
    private final Certificate certificate = new Certificate(FOLDER);
    private final ClientProcess client = new ClientProcess("client", children, LoadClient.command(certificate));
    private final ClientProcess logClient = new ClientProcess("log", children, LogClient.command());
    private final Map<Key, ServerProcess> servers = new HashMap<>();
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
        FreshFolder.deleteAll(FOLDER);
    }

    private void run() throws IOException, InterruptedException {
        certificate.make(children);
        for (int i = 0; i < options.repeat(); i++) {
            System.err.printf("round %d of %d%n", i + 1, options.repeat());
            for (Workload workload : options.workloads()) {
                // Who comes first changes, for the machine may be slower after a long pause.
                List<Contestant> order = options.against().contestants(workload);
                Collections.rotate(order, i);
                for (Contestant contestant : order) {
                    measure(workload, contestant);
                }
            }
            stopServers();
        }
    }

    private void measure(Workload workload, Contestant contestant) throws IOException, InterruptedException {
        if (workload.scope() == Workload.Scope.LOG) {
            keep(
                    workload,
                    contestant,
                    logClient.take(LogClient.request(workload, options.seconds()), 2 * options.seconds()));
            return;
        }
        var key = new Key(contestant, workload.isSecure());
        boolean fresh = workload.scope() == Workload.Scope.FRESH || workload.scope() == Workload.Scope.STORM;
        if (fresh) {
            stopServer(key);
        }
        Map<Metric, Double> metrics = measure(key, workload);
        keep(workload, contestant, metrics);
        if (fresh || metrics.isEmpty()) {
            stopServer(key);
        }
    }

    private void keep(Workload workload, Contestant contestant, Map<Metric, Double> metrics) {
        var result = new Results.Result(workload, contestant, metrics);
        System.err.println(result.line());
        results.add(result);
    }

    /** Nothing, if the server does not start: the others are still worth measuring. */
    private Map<Metric, Double> measure(Key key, Workload workload) throws InterruptedException {
        try {
            return take(server(key), workload, options.seconds());
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return Map.of();
        }
    }

    private ServerProcess server(Key key) throws IOException, InterruptedException {
        ServerProcess running = servers.get(key);
        if (running != null) {
            return running;
        }
        ServerProcess server = key.contestant.start(children, certificate, key.secure);
        servers.put(key, server);
        if (server.endpoint().api().isJava()) {
            warmUp(server, Workload.warmUp(key.secure));
        }
        return server;
    }

    /** Until it takes no less CPU any more: then what matters is compiled. */
    private void warmUp(ServerProcess server, List<Workload> workloads) throws IOException, InterruptedException {
        double least = Double.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < WARM_UPS && steady < STEADY_RUNS; i++) {
            double cpu = 0;
            for (Workload workload : workloads) {
                cpu += take(server, workload, WARM_UP_SECONDS).getOrDefault(Metric.CPU, 0.0);
            }
            steady = cpu > least * STEADY ? steady + 1 : 0;
            least = Math.min(least, cpu);
        }
    }

    private Map<Metric, Double> take(ServerProcess server, Workload workload, double seconds)
            throws IOException, InterruptedException {
        var run = new Run(0, server.endpoint(), workload, seconds, server.pids());
        var metrics = client.take(run.line(), seconds);
        server.awaitQuiet();
        return metrics;
    }

    private void stopServer(Key key) {
        ServerProcess server = servers.remove(key);
        if (server != null) {
            children.stop(server.process());
        }
    }

    private void stopServers() {
        List.copyOf(servers.keySet()).forEach(this::stopServer);
        logClient.stop();
        FreshFolder.deleteAll(FOLDER);
    }

    private void report(String machine) throws IOException {
        var tables = new ArrayList<>(List.of(machine, ResultTable.medians(results)));
        tables.add(ResultTable.ratios(results, options.against()));
        tables.add(ResultTable.onDisk(results, options.against()));
        tables.add(ResultTable.targets(results));
        tables.add(ResultTable.comparisons(results));
        if (options.repeat() > 1) {
            tables.add("From the lowest to the highest of the rounds:\n");
            tables.add(ResultTable.spreads(results));
        }
        tables.removeIf(String::isEmpty);
        String text = String.join("\n", tables);
        System.out.println(text);
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(ZonedDateTime.now(ZoneId.systemDefault()));
        Path file = FOLDER.resolve("result-" + time + ".md");
        Files.writeString(file, text + "\n```\n" + results.raw() + "```\n");
        System.out.println("Kept, with each single measurement, in " + file);
    }

    /** A server that runs beside the others until its round is over. */
    private record Key(Contestant contestant, boolean secure) {}
}
