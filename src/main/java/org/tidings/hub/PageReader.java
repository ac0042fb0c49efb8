package org.tidings.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;

/**
 * Reads pages of the log for streams and encodes them, on the readers' threads; equal ones once. What was read serves
 * those who ask for the same a moment later, too: a stream hears what came since from its lane, or reads on.
 */
final class PageReader {
    /** What a catching-up stream is given at once: the most that it costs while its client does not read. */
    static final ByteSize BYTES = ByteSize.kibi(64);

    private static final PageLimit LIMIT = new PageLimit(500, BYTES);

    private final EventLog log;
    private final HubSettings settings;
    private final Trouble trouble;
    private final SharedReads<Key, Result> reads;
    private final RecentResults<Key, Result> recent;

    PageReader(EventLog log, HubSettings settings, HubScheduler scheduler) {
        this.log = log;
        this.settings = settings;
        this.trouble = new Trouble("Pages of the log cannot be read; it is tried again", scheduler);
        this.reads = new SharedReads<>(scheduler, this::result);
        this.recent = new RecentResults<>(scheduler);
    }

    /** Has the result handed to the receiver, which must not block, on a reader's thread or at once on this one. */
    void read(long after, TopicSelector topics, Consumer<Result> receiver) {
        var key = new Key(after, topics);
        recent.find(key).ifPresentOrElse(receiver, () -> reads.read(key, receiver));
    }

    private Result result(Key key) {
        try {
            Page page = log.read(key.after(), key.topics(), LIMIT);
            trouble.passed();
            List<Entry> entries = encoded(page);
            if (entries.isEmpty()) {
                return new Result(Optional.of(page), Optional.empty());
            }
            boolean whole = entries.size() == page.events().size();
            long through =
                    whole ? page.through() : entries.get(entries.size() - 1).offset();
            var given = new Page(
                    page.events().subList(0, entries.size()),
                    through,
                    Math.min(page.lostThrough(), through),
                    page.end());
            var result = new Result(Optional.of(given), Optional.of(Delivery.of(entries)));
            recent.put(key, result); // one without events would bring nobody on
            return result;
        } catch (RuntimeException | Error e) { // else the stream would wait for this page for ever
            trouble.met(e);
            return new Result(Optional.empty(), Optional.empty());
        }
    }

    /** As many as fit: the log counts data, but a stream costs frames, and every line break makes those longer. */
    private List<Entry> encoded(Page page) {
        var entries = new ArrayList<Entry>();
        long bytes = 0;
        for (Event event : page.events()) {
            Entry entry = Entry.of(event, settings);
            bytes += entry.frame().length();
            if (bytes > BYTES.bytes() && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    /**
     * What was read.
     *
     * @param page empty if the log failed
     * @param delivery the page's events, if it has any
     */
    record Result(Optional<Page> page, Optional<Delivery> delivery) {}

    private record Key(long after, TopicSelector topics) {}
}
