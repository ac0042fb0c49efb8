package org.tidings.api;

import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/**
 * The programmatic way in, for {@code @Inject Hub hub}: publish, end a topic, hand over an own endpoint's stream.
 *
 * <p>Safe to call from any thread. No method waits for a subscriber. Publishing through the hub does not take part in a
 * transaction; a CDI event does (docs/protocol.md, "Transactions").
 *
 * @since 0.1
 */
public interface Hub {
    /**
     * Appends the event to the log, then hands it to the subscribers of its topic.
     *
     * <p>When this returns, the event is durable and every later replay of the topic has it. Delivery follows in log
     * order and is not awaited. Blocks for one append of the log, which publishers that call at the same moment share,
     * or for several where many events wait already.
     *
     * @throws RejectedException if the topic or type is reserved, the topic was ended, or the hub is stopping; nothing
     *     was appended
     * @throws EventLogException if the log failed; nothing was appended
     */
    Receipt publish(Publication publication);

    /**
     * As {@link #publish(Publication)}, without waiting: several events that are published so, one after the other,
     * share an append of the log, and stand there in this order.
     *
     * @return completes with the receipt when the event is durable, else with what {@code publish} throws, or at once
     *     with {@link RejectionReason#OVERLOADED} if too many wait already. On a thread of the hub's or on another
     *     publisher's, which must not be blocked: go on with the {@code …Async} methods
     */
    CompletionStage<Receipt> publishAsync(Publication publication);

    /**
     * Publishes an event without a type.
     *
     * @throws RejectedException as {@link #publish(Publication)} does, and if an argument breaks a limit
     * @throws EventLogException if the log failed
     */
    default Receipt publish(String topic, String data) {
        return publish(Publication.of(topic, data));
    }

    /**
     * Publishes an event with a type.
     *
     * @throws RejectedException as {@link #publish(Publication)} does, and if an argument breaks a limit
     * @throws EventLogException if the log failed
     */
    default Receipt publish(String topic, String type, String data) {
        return publish(Publication.of(topic, type, data));
    }

    /**
     * Ends a topic: its subscribers get {@code $end} behind its last event; who asks for nothing else is disconnected
     * and told not to come back. Nothing can be published to it from then on, for as long as the log has the
     * {@code $end}.
     *
     * <p>Blocks as {@link #publish(Publication)} does.
     *
     * @return the receipt of the {@code $end}; of the first one, if the topic was ended before
     * @throws RejectedException if the topic is malformed or reserved, or the hub is stopping; the topic goes on
     * @throws EventLogException if the log failed; the topic goes on
     */
    Receipt end(String topic);

    /**
     * Begins to hand over the stream of an application's own resource method. Nothing happens before
     * {@link StreamOpening#open}; from then on the sink is the hub's, and the application must not use it again.
     */
    StreamOpening connect(SseEventSink sink);
}
