package org.tidings.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;

/** Reads what polls answer with, on the readers' threads; equal ones once. */
final class PollReader {
    private static final ByteSize PAGE = ByteSize.mebi(1);

    private final EventLog log;
    private final SharedReads<Key, CompletableFuture<PollPage>> reads;

    PollReader(EventLog log, HubScheduler scheduler) {
        this.log = log;
        this.reads = new SharedReads<>(scheduler, this::result);
    }

    /** Hands over a future that is done, with the page or with what the log threw. */
    void read(Resume from, TopicSelector topics, int limit, Consumer<CompletableFuture<PollPage>> receiver) {
        reads.read(new Key(from, topics, limit), receiver);
    }

    private CompletableFuture<PollPage> result(Key key) {
        try {
            return CompletableFuture.completedFuture(page(key));
        } catch (RuntimeException | Error e) { // else the clients would wait for ever
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Reads on over stretches of the log that have nothing of the topics. */
    private PollPage page(Key key) {
        Optional<Gap> gap = key.from().gap();
        List<Event> events = new ArrayList<>();
        long position = key.from().position();
        long end;
        do {
            Page page = log.read(position, key.topics(), new PageLimit(key.limit(), PAGE));
            if (page.lostThrough() > position) {
                gap = Optional.of(gap(gap, position, page));
            }
            events.addAll(page.events());
            position = page.through();
            end = page.end();
        } while (events.isEmpty() && position < end);
        return new PollPage(List.copyOf(events), id(position), position < end, gap);
    }

    /** One gap tells of all: the client is told of what it asked for, and goes on behind the last loss. */
    private Gap gap(Optional<Gap> first, long position, Page page) {
        EventId resumed = id(page.resumed());
        return first.map(gap -> new Gap(gap.reason(), gap.asked(), resumed))
                .orElseGet(() -> new Gap(Gap.Reason.EXPIRED, id(position).toString(), resumed));
    }

    private EventId id(long offset) {
        return new EventId(log.epoch(), offset);
    }

    private record Key(Resume from, TopicSelector topics, int limit) {}
}
