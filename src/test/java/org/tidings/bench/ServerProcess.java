package org.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A server that was started to be measured. */
record ServerProcess(Process process, Endpoint endpoint, List<Long> pids) {
    /** A JVM that says in its last word on stdout where it listens: {@code ... http://127.0.0.1:8080/}. */
    static ServerProcess ofJava(Process process, Api api) throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException("the " + api + " server did not start; its .log in target/bench says why");
        }
        URI uri = URI.create(line.substring(line.lastIndexOf(' ') + 1));
        return new ServerProcess(process, new Endpoint(api, uri), List.of(process.pid()));
    }

    /** Waits until it has done with what was asked of it, such as the end of ten thousand connections. */
    void awaitQuiet() {
        new ProcessUsage(pids).awaitQuiet();
    }
}
