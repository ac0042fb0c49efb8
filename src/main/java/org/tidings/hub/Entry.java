package org.tidings.hub;

import org.tidings.api.Event;
import org.tidings.api.TopicName;
import org.tidings.log.EventLog;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/**
 * An event on its way to connections, encoded once for all of them.
 *
 * @param overflow what a full send queue does with it
 * @param end whether it ends its topic
 */
record Entry(long offset, TopicName topic, OverflowPolicy overflow, boolean end, Frame frame) {
    static Entry of(Event event, HubSettings settings) {
        var block = StreamBlock.event(event.id().toString(), event.type().map(Object::toString), event.data())
                .withTopic(event.topic().value());
        return new Entry(
                event.id().offset(),
                event.topic(),
                settings.overflow(event.topic()),
                EventLog.isEnd(event.type()),
                EventStreamEncoder.encode(block));
    }
}
