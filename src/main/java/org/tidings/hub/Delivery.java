package org.tidings.hub;

import java.util.List;
import java.util.Optional;
import org.tidings.api.TopicName;
import org.tidings.wire.Frame;

/**
 * What a connection's transport is given at once: a frame, and what the hub must know of it while it waits.
 *
 * @param first the offset of its first event; {@link #CONTROL} if it has none
 * @param events how many events it has
 * @param ended the topics that it ends
 * @param overflow the strictest policy of its events' topics
 * @param conflates the topic of which it is the one event, if the topic's policy is to keep the latest
 */
record Delivery(
        Frame frame,
        long first,
        int events,
        List<TopicName> ended,
        OverflowPolicy overflow,
        Optional<TopicName> conflates) {
    /** In place of an offset: a heartbeat, {@code $hello} and the like are not in the log. */
    static final long CONTROL = -1;

    static Delivery control(Frame frame) {
        return new Delivery(frame, CONTROL, 0, List.of(), OverflowPolicy.CATCH_UP, Optional.empty());
    }

    /** @param entries at least one */
    static Delivery of(List<Entry> entries) {
        Entry first = entries.get(0);
        OverflowPolicy strictest = entries.stream()
                .map(Entry::overflow)
                .max(OverflowPolicy::compareTo)
                .orElseThrow();
        boolean conflates = entries.size() == 1 && strictest == OverflowPolicy.CONFLATE;
        return new Delivery(
                Frame.merge(entries.stream().map(Entry::frame).toList()),
                first.offset(),
                entries.size(),
                entries.stream().filter(Entry::end).map(Entry::topic).toList(),
                strictest,
                conflates ? Optional.of(first.topic()) : Optional.empty());
    }

    int length() {
        return frame.length();
    }
}
