package org.tidings.bench;

import java.util.List;
import java.util.stream.Collectors;

/** How each kind of server is subscribed to and published to over HTTP. */
enum Api {
    TIDINGS("/hub/events?topic=", "&topic=", "/hub/events?topic="),
    NCHAN("/subscribe?topic=", ",", "/publish?topic="),
    BROADCASTER("/events?topic=", "&topic=", "/events?topic=");

    private final String subscribe;
    private final String separator;
    private final String publish;

    Api(String subscribe, String separator, String publish) {
        this.subscribe = subscribe;
        this.separator = separator;
        this.publish = publish;
    }

    String subscribePath(List<String> topics) {
        return topics.stream().collect(Collectors.joining(separator, subscribe, ""));
    }

    String publishPath(String topic) {
        return publish + topic;
    }

    /** Whether the server is a JVM, which compiles while it runs and whose heap can be asked for. */
    boolean isJava() {
        return this != NCHAN;
    }
}
