package org.tidings.hub;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.LogSize;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;
import org.tidings.log.Retention;

/** A log that fails, and has things happen behind a read, as the test wants; remembers how it was appended to. */
final class FailingLog implements EventLog {
    private final EventLog log = InMemoryEventLog.open(Retention.DEFAULTS);
    final List<Integer> batches = new ArrayList<>();
    Runnable afterRead = () -> {};
    Runnable beforeRead = () -> {};
    Runnable beforeAppend = () -> {};
    Runnable beforeEndOf = () -> {};
    Runnable beforeRetain = () -> {};
    Runnable beforeEvent = () -> {}; // that the hub hears of
    int unfinishedRetains;
    volatile boolean failReads;
    volatile boolean failAppends;

    @Override
    public String epoch() {
        return log.epoch();
    }

    @Override
    public long end() {
        return log.end();
    }

    @Override
    public long trimmed(TopicSelector topics) {
        return log.trimmed(topics);
    }

    @Override
    public void follow(Consumer<List<Event>> follower) {
        log.follow(events -> follower.accept(new Handed(events)));
    }

    @Override
    public List<Event> append(List<Publication> batch, Instant now) {
        beforeAppend.run();
        if (failAppends) {
            throw new EventLogException("the disk is full");
        }
        batches.add(batch.size());
        return log.append(batch, now);
    }

    @Override
    public Page read(long after, TopicSelector topics, PageLimit limit) {
        beforeRead.run();
        if (failReads) {
            throw new EventLogException("the file is damaged");
        }
        Page page = log.read(after, topics, limit);
        afterRead.run();
        return page;
    }

    @Override
    public OptionalLong endOf(TopicName topic) {
        beforeEndOf.run();
        return log.endOf(topic);
    }

    @Override
    public boolean retain(Instant now) {
        beforeRetain.run();
        return log.retain(now) || unfinishedRetains-- > 0;
    }

    @Override
    public LogSize size() {
        if (failReads) {
            throw new EventLogException("the file is damaged");
        }
        return log.size();
    }

    @Override
    public void close() {
        log.close();
    }

    /** What the hub hears of, event by event. */
    private final class Handed extends AbstractList<Event> {
        private final List<Event> events;

        Handed(List<Event> events) {
            this.events = events;
        }

        @Override
        public Event get(int index) {
            beforeEvent.run();
            return events.get(index);
        }

        @Override
        public int size() {
            return events.size();
        }
    }
}
