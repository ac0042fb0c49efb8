package org.tidings.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;
import org.tidings.api.Hub;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.StreamOpening;
import org.tidings.api.TopicName;
import org.tidings.hub.EventHub;

/** The hub as applications inject it. Publishing waits for the log, opening for nothing. */
@ApplicationScoped
public class JaxRsHub implements Hub {
    @Inject
    private EventHub hub;

    @Inject
    private Connections connections;

    @Override
    public Receipt publish(Publication publication) {
        return hub.publishAndWait(publication);
    }

    @Override
    public CompletionStage<Receipt> publishAsync(Publication publication) {
        return hub.publish(publication);
    }

    @Override
    public Receipt end(String topic) {
        return hub.endAndWait(new TopicName(topic));
    }

    @Override
    public StreamOpening connect(SseEventSink sink) {
        return new SinkOpening(hub, () -> connections.of(sink));
    }
}
