package org.tidings.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.TopicSelector;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;

/** Reads a page of the log for a stream and encodes it, on a reader's thread. */
final class PageReader {
    private static final System.Logger LOG = System.getLogger(PageReader.class.getName());

    /** What a catching-up stream is given at once: the most that it costs while its client does not read. */
    private static final ByteSize BYTES = ByteSize.kibi(64);

    private static final PageLimit LIMIT = new PageLimit(500, BYTES);

    private PageReader() {}

    static void read(HubParts hub, long after, TopicSelector topics, Consumer<Result> receiver) {
        hub.scheduler().read(() -> receiver.accept(result(hub, after, topics)));
    }

    private static Result result(HubParts hub, long after, TopicSelector topics) {
        try {
            Page page = hub.log().read(after, topics, LIMIT);
            List<Entry> entries = encoded(page, hub.settings());
            if (entries.isEmpty()) {
                return new Result(Optional.of(page), Optional.empty());
            }
            boolean whole = entries.size() == page.events().size();
            long through =
                    whole ? page.through() : entries.get(entries.size() - 1).offset();
            var given = new Page(page.events().subList(0, entries.size()), through, page.lostThrough(), page.end());
            return new Result(Optional.of(given), Optional.of(Delivery.of(entries)));
        } catch (RuntimeException | Error e) { // else the stream would wait for this page for ever
            LOG.log(System.Logger.Level.ERROR, "A page of the log could not be read; it is tried again", e);
            return new Result(Optional.empty(), Optional.empty());
        }
    }

    /** As many as fit: the log counts data, but a stream costs frames, and every line break makes those longer. */
    private static List<Entry> encoded(Page page, HubSettings settings) {
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
}
