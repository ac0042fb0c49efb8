package org.tidings.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Hub;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.StreamOpening;
import org.tidings.api.SubscriberConnected;
import org.tidings.api.SubscriberDisconnected;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubListener;
import org.tidings.hub.HubSettings;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;
import org.tidings.testkit.ManualScheduler;
import org.tidings.testkit.RecordingConnection;

/** The real hub on the test's thread, and a recording connection for each sink. */
@Singleton
class LocalHub implements Hub, HubListener {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final EventHub core =
            EventHub.start(InMemoryEventLog.open(Retention.DEFAULTS), HubSettings.DEFAULTS, scheduler, this);
    private final Map<SseEventSink, RecordingConnection> connections = new HashMap<>();
    private boolean hurried;

    @Inject
    private Event<Object> lifecycle;

    @Produces
    @Dependent
    EventHub core() {
        return core;
    }

    ManualScheduler scheduler() {
        return scheduler;
    }

    RecordingConnection connection(SseEventSink sink) {
        return connections.get(sink);
    }

    /** From now on a stream is open, and its client gone, before its opener knows its id. */
    void hurry() {
        hurried = true;
    }

    @Override
    public Receipt publish(Publication publication) {
        CompletableFuture<Receipt> receipt = core.publish(publication);
        scheduler.runAll();
        try {
            return receipt.join();
        } catch (CompletionException e) {
            throw (RejectedException) e.getCause();
        }
    }

    @Override
    public CompletionStage<Receipt> publishAsync(Publication publication) {
        return core.publish(publication);
    }

    @Override
    public Receipt end(String topic) {
        throw new UnsupportedOperationException();
    }

    /** Opens, and leaves the lane's part to the test. */
    @Override
    public StreamOpening connect(SseEventSink sink) {
        var connection = RecordingConnection.reading();
        connections.put(sink, connection);
        return new Opening(connection);
    }

    @Override
    public void connected(String connection, TopicSelector topics) {
        lifecycle.fire(new SubscriberConnected(connection, topics));
    }

    @Override
    public void disconnected(String connection, DisconnectReason reason) {
        lifecycle.fire(new SubscriberDisconnected(connection, reason));
    }

    private final class Opening implements StreamOpening {
        private final RecordingConnection connection;
        private TopicSelector topics;
        private Cursor cursor;

        Opening(RecordingConnection connection) {
            this.connection = connection;
        }

        @Override
        public StreamOpening topics(String... matchers) {
            topics = TopicSelector.parse(List.of(matchers));
            return this;
        }

        @Override
        public StreamOpening after(String lastEventId) {
            cursor = Cursor.parse(lastEventId);
            return this;
        }

        @Override
        public String open() {
            String id = core.open(topics, cursor, connection);
            if (hurried) {
                scheduler.runAll();
                connection.hangUp();
                scheduler.runAll();
            }
            return id;
        }
    }
}
