package org.tidings.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Who listens to what.
 *
 * @param clients that read
 * @param dead clients that subscribe and then never read
 * @param topics how many there are
 * @param each how many of them each client has; they overlap evenly
 */
record Audience(int clients, int dead, int topics, int each) {
    static Audience of(int clients) {
        return new Audience(clients, 0, 1, 1);
    }

    Audience withDead(int number) {
        return new Audience(clients - number, number, topics, each);
    }

    int connections() {
        return clients + dead;
    }

    /** Who hears an event. */
    int perTopic() {
        return clients * each / topics;
    }

    /** The topics of a client, by number. */
    List<Integer> topicsOf(int client) {
        var own = new ArrayList<Integer>(each);
        for (int i = 0; i < each; i++) {
            own.add((client + i) % topics);
        }
        return own;
    }
}
