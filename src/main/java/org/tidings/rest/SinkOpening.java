package org.tidings.rest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.tidings.api.StreamOpening;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Connection;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;

/** Opens a stream on a sink that an application handed over. */
final class SinkOpening implements StreamOpening {
    private final EventHub hub;
    private final Supplier<Connection> connection;
    private Optional<TopicSelector> selector = Optional.empty();
    private Cursor cursor = new Cursor.Now();
    private boolean opened;

    /** @param connection asked for when nothing can refuse the stream any more */
    SinkOpening(EventHub hub, Supplier<Connection> connection) {
        this.hub = hub;
        this.connection = connection;
    }

    @Override
    public StreamOpening topics(String... matchers) {
        selector = Optional.of(TopicSelector.parse(List.of(matchers)));
        return this;
    }

    @Override
    public StreamOpening after(String lastEventId) {
        cursor = Cursor.parse(Objects.requireNonNullElse(lastEventId, ""));
        return this;
    }

    /**
     * As the contract says; and if there is nothing left to hear, leaves the resource method by an exception that
     * answers 204: an EventSource comes back for ever to anything else.
     */
    @Override
    public String open() {
        TopicSelector topics = selector.orElseThrow(() -> new IllegalStateException("open without topics"));
        if (opened) {
            throw new IllegalStateException("the stream was opened before");
        }
        Answers.requireMore(hub, topics, cursor);
        opened = true;
        return Answers.open(hub, topics, cursor, connection.get());
    }
}
