package org.tidings.bench;

import java.util.List;

/** The names of a run's topics: nobody had them before, so there is nothing to replay. */
record Topics(long run, Audience audience) {
    String name(int topic) {
        return "bench-" + run + "-" + topic;
    }

    /** One that nobody subscribes to. */
    String unheard() {
        return "bench-" + run + "-unheard";
    }

    List<String> ofClient(int client) {
        return audience.topicsOf(client).stream().map(this::name).toList();
    }
}
