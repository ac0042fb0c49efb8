package org.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server that was started to be measured. */
record ServerProcess(Process process, Endpoint endpoint, List<Long> pids) {
    /** A Jakarta EE server takes half a minute on a busy machine. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final long LOOK_NANOS = 250_000_000;

    /** A JVM that says in its last word on stdout where it listens: {@code ... http://127.0.0.1:8080/}. */
    static ServerProcess ofJava(Process process, Api api) throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException("the " + api + " server did not start; its .log in target/bench says why");
        }
        URI uri = URI.create(line.substring(line.lastIndexOf(' ') + 1));
        return new ServerProcess(process, new Endpoint(api, uri), List.of(process.pid()));
    }

    /** A Jakarta EE server, or the script that started one, when what is deployed takes publications. */
    static ServerProcess ofWar(Process process, Api api, int port) throws IOException {
        var endpoint = new Endpoint(api, URI.create("http://127.0.0.1:" + port + "/"));
        long deadline = System.nanoTime() + START.toNanos();
        while (!takesPublications(endpoint)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IOException("a server with " + api + " does not start; its .log in target/bench says why");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return new ServerProcess(process, endpoint, jvms(process));
    }

    private static boolean takesPublications(Endpoint endpoint) {
        try (var connection = new PublishConnection(endpoint, Marker.LENGTH)) {
            connection.publish(PublishConnection.head(endpoint.api().publishPath("bench-start"), Marker.LENGTH), 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Long> jvms(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Waits until it has done with what was asked of it, such as the end of ten thousand connections. */
    void awaitQuiet() {
        new ProcessUsage(pids).awaitQuiet();
    }
}
