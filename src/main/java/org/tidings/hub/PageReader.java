package org.tidings.hub;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidings.api.ByteSize;
import org.tidings.api.TopicSelector;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;

/** Reads a page of the log for a stream and encodes it, on a reader's thread. */
final class PageReader {
    private static final System.Logger LOG = System.getLogger(PageReader.class.getName());

    /** What a catching-up stream is given at once: the most that it costs while its client does not read. */
    private static final PageLimit LIMIT = new PageLimit(500, ByteSize.kibi(64));

    private PageReader() {}

    static void read(HubParts hub, long after, TopicSelector topics, Consumer<Result> receiver) {
        hub.scheduler().read(() -> receiver.accept(result(hub, after, topics)));
    }

    private static Result result(HubParts hub, long after, TopicSelector topics) {
        try {
            Page page = hub.log().read(after, topics, LIMIT);
            List<Entry> entries = page.events().stream()
                    .map(event -> Entry.of(event, hub.settings()))
                    .toList();
            return new Result(
                    Optional.of(page), entries.isEmpty() ? Optional.empty() : Optional.of(Delivery.of(entries)));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A page of the log could not be read; it is tried again", e);
            return new Result(Optional.empty(), Optional.empty());
        }
    }

    /**
     * What was read.
     *
     * @param page empty if the log failed
     * @param delivery the page's events, if it has any
     */
    record Result(Optional<Page> page, Optional<Delivery> delivery) {}
}
