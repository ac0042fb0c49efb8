package org.tidings.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that come back, all at once: each has one topic of which it missed {@link #MISSED} events, and is to be given
 * these, in order, and no others. Clients of one topic were at the same position, those of another at another.
 */
final class Returning implements AutoCloseable {
    static final int MISSED = 100;

    private static final int PUBLISHERS = 8;
    private static final Pattern ID = Pattern.compile("\"id\": ?\"([^\"]+)\"");

    private final Run run;
    private final Audience audience;
    private final int size;

    // By topic.
    private final String[] lastId;
    private final long[] lastMarker;

    // By client; guarded by the deliveries, as these are while something is read.
    private final long[] heardMarker;
    private final int[] heard;
    private final boolean[] disordered;

    private final Deliveries deliveries = new Deliveries(PUBLISHERS);
    private final PlainSubscribers subscribers;

    Returning(Run run) throws IOException {
        this.run = run;
        this.audience = run.workload().audience();
        this.size = run.workload().load().size();
        this.lastId = new String[audience.topics()];
        this.lastMarker = new long[audience.topics()];
        this.heardMarker = new long[audience.clients()];
        this.heard = new int[audience.clients()];
        this.disordered = new boolean[audience.clients()];
        this.subscribers = new PlainSubscribers(run, deliveries, audience.clients(), this::request, this::scanner);
    }

    /** Publishes of each topic the last event that its clients have had, and those that they have not. */
    void publish() throws IOException, InterruptedException {
        var threads = Executors.newFixedThreadPool(PUBLISHERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                int publisher = i;
                all.add(threads.submit(() -> {
                    publish(publisher);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException | CompletionException e) {
            throw new IOException("what is to be missed could not be published", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns when all have been answered that their streams begin. */
    void open() throws IOException, InterruptedException {
        subscribers.open();
    }

    /** Waits until all of them together have as many events as they missed. */
    void await(long deadline) {
        deliveries.awaitCount((long) MISSED * audience.clients(), deadline);
    }

    /** Clients that were refused, that were cut, or that were not given what they missed. */
    long failures() {
        long wrong = subscribers.failures();
        synchronized (deliveries) {
            for (int client = 0; client < heard.length; client++) {
                wrong += heard[client] != MISSED || disordered[client] ? 1 : 0;
            }
        }
        return wrong;
    }

    @Override
    public void close() throws IOException {
        subscribers.close();
    }

    private void publish(int publisher) throws IOException {
        try (var connection = new PublishConnection(run.endpoint(), size)) {
            for (int topic = publisher; topic < audience.topics(); topic += PUBLISHERS) {
                byte[] head = PublishConnection.head(run.endpoint().api().publishPath(name(topic)), size);
                lastId[topic] = id(connection.publish(head, publisher));
                lastMarker[topic] = Marker.value(publisher, Marker.now());
                for (int i = 0; i < MISSED; i++) {
                    connection.publish(head, publisher);
                }
            }
        }
    }

    private static String id(String answer) throws IOException {
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IOException("no id in the answer to a publisher: " + answer);
        }
        return id.group(1);
    }

    private int topicOf(int client) {
        return audience.topicsOf(client).get(0);
    }

    private String name(int topic) {
        return run.topics().name(topic) + "-missed";
    }

    private byte[] request(int client) {
        int topic = topicOf(client);
        String path = run.endpoint().api().subscribePath(List.of(name(topic)));
        String fresh = new String(Endpoint.subscription(path), StandardCharsets.US_ASCII);
        return fresh.replaceFirst("\r\n\r\n$", "\r\nLast-Event-ID: " + lastId[topic] + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private MarkerScanner scanner(int client) {
        heardMarker[client] = lastMarker[topicOf(client)];
        return new MarkerScanner(size, marker -> heard(client, marker));
    }

    /** A topic's events are published one after the other, so their markers grow. */
    private void heard(int client, long marker) {
        deliveries.heard(marker);
        heard[client]++;
        disordered[client] |= marker <= heardMarker[client];
        heardMarker[client] = marker;
    }
}
