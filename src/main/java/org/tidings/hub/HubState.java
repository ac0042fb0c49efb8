package org.tidings.hub;

import java.util.Optional;
import org.tidings.api.TopicName;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/**
 * How the hub is at a moment, on one of its own topics. Not in the log: it has no id, and the next one replaces it.
 *
 * @param frame encoded once for all who hear it
 */
record HubState(TopicName topic, Frame frame) {
    /** @param json what it says */
    static HubState of(TopicName topic, String type, String json) {
        var block = new StreamBlock(
                Optional.empty(), Optional.of(type), Optional.of(json), Optional.empty(), Optional.empty());
        return new HubState(topic, EventStreamEncoder.encode(block.withTopic(topic.value())));
    }
}
