package org.tidings.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;

/** The log that the parts of {@link EventLogContract} ask, and short ways to fill and read it. */
interface LogUnderTest {
    Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    PageLimit WIDE = new PageLimit(1_000, ByteSize.mebi(16));
    Retention PLENTY = new Retention(Duration.ofDays(1), 1_000_000, ByteSize.mebi(512));

    /** The log: at first an empty one that keeps {@link #PLENTY}. */
    EventLog log();

    /** Puts an empty log with this retention in its place. */
    void startAnew(Retention retention);

    /** Closes the log and opens it again in the same place. */
    void reopen();

    /** Whether it then has what it had. */
    boolean persists();

    /** For all topics. */
    default long trimmed() {
        return log().trimmed(LogUnderTest.topics("**"));
    }

    default Event append(String topic, String data) {
        return append(topic, data, NOON);
    }

    default Event append(String topic, String data, Instant time) {
        return log().append(List.of(Publication.of(topic, data)), time).get(0);
    }

    default Event end(String topic) {
        return log().append(List.of(Publication.of(topic, EventLog.END.value(), "")), NOON)
                .get(0);
    }

    /** Appends events with the data 1, 2, 3 and so on. */
    default List<Event> appendCounted(String topic, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> append(topic, Integer.toString(i)))
                .toList();
    }

    /** All that is there behind an offset, page by page, as a client of the log reads. */
    default List<Event> read(long after, String... topics) {
        var events = new ArrayList<Event>();
        long through = after;
        Page page;
        do {
            page = log().read(through, topics(topics), WIDE);
            events.addAll(page.events());
            through = page.through();
        } while (through < page.end());
        return events;
    }

    default List<String> data(long after, String... topics) {
        return read(after, topics).stream().map(Event::data).toList();
    }

    static TopicSelector topics(String... matchers) {
        return TopicSelector.parse(List.of(matchers));
    }

    static long offset(Event event) {
        return event.id().offset();
    }
}
