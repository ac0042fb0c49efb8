package org.tidings.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.ws.rs.sse.SseBroadcaster;
import org.tidings.api.Hub;
import org.tidings.api.Topic;
import org.tidings.api.TopicName;

/** Makes the broadcaster of {@code @Inject @Topic("chat/lobby") SseBroadcaster}; each injection point has its own. */
@Dependent
class BroadcasterProducer {
    @Produces
    @Dependent
    @Topic("any")
    SseBroadcaster broadcaster(InjectionPoint point, Hub hub, BroadcasterStreams streams, StreamedExtension extension) {
        Topic topic =
                StreamedExtension.topics(point.getQualifiers()).findFirst().orElseThrow();
        var name = TopicTemplate.requireNotReserved(new TopicName(topic.value()));
        return new TopicBroadcaster(name, hub, streams, extension.payloads());
    }
}
