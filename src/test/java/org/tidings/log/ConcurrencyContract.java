package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.log.LogUnderTest.offset;
import static org.tidings.log.LogUnderTest.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;

/** Readers on threads of their own while one thread appends. */
interface ConcurrencyContract extends LogUnderTest {
    int READERS = 3;
    int BATCHES = 2_000;
    String LAST = "last";

    @Test
    default void readersWhoReadWhileEventsAreAppendedGetEachOnceInOrder() throws Exception {
        List<Reader> readers = appendWhileReading();

        for (Reader reader : readers) {
            assertThat(reader.losses).isEmpty();
            assertThat(reader.events).isEqualTo(read(0, "even"));
        }
    }

    /** Every event that a reader did not get lies in a stretch that it was told of as lost. */
    @Test
    default void readersWhoAreOvertakenByRetentionHearOfEveryLoss() throws Exception {
        startAnew(new Retention(Duration.ofDays(1), 100, ByteSize.mebi(64)));
        var appended = new ArrayList<Event>();
        log().follow(appended::addAll);

        List<Reader> readers = appendWhileReading();

        for (Reader reader : readers) {
            var accounted = appended.stream()
                    .filter(event -> event.topic().value().equals("even"))
                    .filter(event -> reader.events.contains(event) || !reader.isLost(event))
                    .toList();
            assertThat(reader.events).isEqualTo(accounted);
        }
    }

    /** Who is told encodes the events, and wakes threads: readers must not wait for that. */
    @Test
    default void othersReadWhileTheFollowerHears() {
        var heard = new ArrayList<Event>();
        log().follow(events -> {
            heard.addAll(events);
            assertThat(CompletableFuture.supplyAsync(() -> read(0, "a")))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(events);
        });

        append("a", "1");

        assertThat(heard).hasSize(1);
    }

    private List<Reader> appendWhileReading() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            var started = new CountDownLatch(READERS);
            List<Reader> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> new Reader(log(), started))
                    .toList();
            List<Future<?>> ends = new ArrayList<>();
            readers.forEach(reader -> ends.add(threads.submit(reader)));
            started.await();
            for (int i = 0; i < BATCHES; i++) {
                log().append(List.of(Publication.of("even", "e" + i), Publication.of("odd", "o" + i)), NOON);
            }
            append("even", LAST);
            for (Future<?> end : ends) {
                end.get();
            }
            return readers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads one topic until the last event; a test's timeout ends one that never gets it. */
    final class Reader implements Runnable {
        private final EventLog log;
        private final CountDownLatch started;
        final List<Event> events = new ArrayList<>();
        final List<long[]> losses = new ArrayList<>();

        Reader(EventLog log, CountDownLatch started) {
            this.log = log;
            this.started = started;
        }

        @Override
        public void run() {
            started.countDown();
            var limit = new PageLimit(10, ByteSize.mebi(1));
            long after = 0;
            while (!isDone() && !Thread.currentThread().isInterrupted()) {
                Page page = log.read(after, topics("even"), limit);
                if (page.lostThrough() > after) {
                    losses.add(new long[] {after, page.lostThrough()});
                }
                events.addAll(page.events());
                after = page.through();
            }
        }

        boolean isLost(Event event) {
            return losses.stream().anyMatch(loss -> loss[0] < offset(event) && offset(event) <= loss[1]);
        }

        private boolean isDone() {
            return !events.isEmpty() && events.get(events.size() - 1).data().equals(LAST);
        }
    }
}
