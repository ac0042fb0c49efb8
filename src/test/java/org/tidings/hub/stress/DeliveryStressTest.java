package org.tidings.hub.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidings.api.ByteSize;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubListener;
import org.tidings.hub.HubSettings;
import org.tidings.hub.SystemHubScheduler;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;

/**
 * Guarantees 1 to 5 of docs/protocol.md on real threads. Repeat a run with {@code -Dtidings.stress.seed=…}, or make it
 * longer with {@code -Dtidings.stress.events=…}.
 */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DeliveryStressTest {
    private static final int EVENTS = Integer.getInteger("tidings.stress.events", 1_000);
    private static final int TOPICS = 8;
    private static final int CLIENTS = 40;
    private static final ByteSize QUEUE = ByteSize.kibi(8);

    /** The page of a stream that catches up, which may wait once besides what its transport holds. */
    private static final long PAGE = 80 * 1024;

    private final long seed = Long.getLong("tidings.stress.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void everyClientHearsEveryEventOfItsTopicsOnceInOrderWhateverHappens() throws Exception {
        run(Retention.DEFAULTS, false);
    }

    @Test
    void whatRetentionTakesFromAClientIsToldByAGap() throws Exception {
        run(new Retention(Duration.ofHours(1), 500, ByteSize.mebi(1)), true);
    }

    private void run(Retention retention, boolean mayLose) throws Exception {
        var settings = new HubSettings(
                2,
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                QUEUE,
                Optional.of(Duration.ofMillis(500)), // several while events are published
                Duration.ofSeconds(1),
                ByteSize.kibi(64),
                List.of());
        try (var hub = EventHub.start(
                InMemoryEventLog.open(retention), settings, SystemHubScheduler.create(), HubListener.NONE)) {
            List<StressClient> clients = clients(hub);
            List<Future<?>> listening = submit(clients);
            long mostQueued = watch(hub, submit(publishers(hub)));
            for (int topic = 0; topic < TOPICS; topic++) {
                hub.publish(Publication.of("t" + topic, "t" + topic + ' ' + (EVENTS + 1)))
                        .join();
            }
            mostQueued = Math.max(mostQueued, watch(hub, listening));

            for (StressClient client : clients) {
                assertThat(client.faults()).as("seed %d", seed).isEmpty();
                assertThat(mayLose || !client.gapTold())
                        .as("no gap without loss; seed %d", seed)
                        .isTrue();
            }
            assertThat(mostQueued).as("seed %d", seed).isLessThanOrEqualTo(CLIENTS * (QUEUE.bytes() + PAGE));
            assertThat(clients).as("clients came back; seed %d", seed).anyMatch(client -> client.connections() > 1);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<StressClient> clients(EventHub hub) {
        var clients = new ArrayList<StressClient>();
        for (int i = 0; i < CLIENTS; i++) {
            var topics = new ArrayList<String>();
            for (int topic = 0; topic < TOPICS; topic++) {
                if (random.nextInt(3) == 0 || topic == i % TOPICS) {
                    topics.add("t" + topic);
                }
            }
            clients.add(new StressClient(hub, topics, EVENTS + 1, random.nextLong()));
        }
        return clients;
    }

    private List<Runnable> publishers(EventHub hub) {
        var publishers = new ArrayList<Runnable>();
        for (int topic = 0; topic < TOPICS; topic++) {
            String name = "t" + topic;
            long publisherSeed = random.nextLong();
            publishers.add(() -> publish(hub, name, publisherSeed));
        }
        return publishers;
    }

    private List<Future<?>> submit(List<? extends Runnable> tasks) {
        var submitted = new ArrayList<Future<?>>();
        tasks.forEach(task -> submitted.add(threads.submit(task)));
        return submitted;
    }

    private static void publish(EventHub hub, String topic, long seed) {
        var own = new Random(seed);
        for (int number = 1; number <= EVENTS; number++) {
            String data = topic + ' ' + number + ' ' + "x".repeat(own.nextInt(300));
            hub.publish(Publication.of(topic, data)).join();
        }
    }

    /** Waits for all, and returns the most bytes that were seen queued. */
    private static long watch(EventHub hub, List<Future<?>> work) throws Exception {
        long most = 0;
        for (Future<?> task : work) {
            while (!task.isDone()) {
                most = Math.max(most, hub.statistics().queuedBytes());
                LockSupport.parkNanos(200_000);
            }
            task.get();
        }
        return most;
    }
}
