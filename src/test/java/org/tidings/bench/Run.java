package org.tidings.bench;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One measurement that is asked of the load client.
 *
 * @param number no other run of the last minutes has it
 */
record Run(long number, Endpoint endpoint, Workload workload, double seconds, List<Long> pids) {
    /** @param line {@code TIDINGS http://127.0.0.1:8080/ 1000-w4 4 <pid of the server>...} */
    static Run parse(long number, String line) {
        String[] words = line.trim().split(" +", -1);
        return new Run(
                number,
                new Endpoint(Api.valueOf(words[0]), URI.create(words[1])),
                Workload.named(words[2]),
                Double.parseDouble(words[3]),
                Stream.of(words).skip(4).map(Long::valueOf).toList());
    }

    String line() {
        return endpoint.api() + " " + endpoint.uri() + " " + workload.name() + " " + seconds + " "
                + pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    Topics topics() {
        return new Topics(number, workload.audience());
    }

    MarkerScanner scanner(Deliveries deliveries) {
        return new MarkerScanner(workload.load().size(), deliveries::heard);
    }

    /** What a client asks for. */
    String subscribePath(int client) {
        return endpoint.api().subscribePath(topics().ofClient(client));
    }
}
