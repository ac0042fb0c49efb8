package org.tidings.bench;

import java.util.List;
import java.util.stream.Collectors;

/** The names of a run's topics: nobody had them before, so there is nothing to replay. */
record Topics(Audience audience) {
    private static final String RUN = "bench-" + ProcessHandle.current().pid() + "-";

    String name(int topic) {
        return RUN + topic;
    }

    /** One that nobody subscribes to. */
    String unheard() {
        return RUN + "unheard";
    }

    List<String> ofClient(int client) {
        return audience.topicsOf(client).stream().map(this::name).collect(Collectors.toList());
    }
}
