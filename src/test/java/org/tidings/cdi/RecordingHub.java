package org.tidings.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tidings.api.EventId;
import org.tidings.api.EventType;
import org.tidings.api.Hub;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.StreamOpening;

/**
 * Remembers what is published, as {@code topic|type|data}. Refuses the topic {@code ended}. What is published without
 * waiting waits with others until somebody waits for it, as for a slow log.
 */
@ApplicationScoped
class RecordingHub implements Hub {
    private final List<String> published = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> appends = Collections.synchronizedList(new ArrayList<>());
    private Runnable onPublish = () -> {};
    private int room = Integer.MAX_VALUE;
    private int waiting;

    List<String> published() {
        return List.copyOf(published);
    }

    /** How many events each append had. */
    List<Integer> appends() {
        return List.copyOf(appends);
    }

    /** What to do within each publish. */
    void onPublish(Runnable action) {
        onPublish = action;
    }

    /** So many may wait; further ones of those who do not wait are refused. */
    void room(int events) {
        room = events;
    }

    @Override
    public synchronized Receipt publish(Publication publication) {
        Receipt receipt = take(publication);
        append();
        return receipt;
    }

    @Override
    public synchronized CompletionStage<Receipt> publishAsync(Publication publication) {
        if (waiting == room) {
            return CompletableFuture.failedFuture(new RejectedException(RejectionReason.OVERLOADED, "no room"));
        }
        try {
            return new AwaitedReceipt(take(publication));
        } catch (RejectedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Receipt take(Publication publication) {
        onPublish.run();
        if (publication.topic().value().equals("ended")) {
            throw new RejectedException(RejectionReason.TOPIC_ENDED, "the topic 'ended' was ended");
        }
        published.add(publication.topic() + "|"
                + publication.type().map(EventType::value).orElse("-") + "|" + publication.data());
        waiting++;
        return new Receipt(new EventId("fake", published.size()), publication.topic());
    }

    private synchronized void append() {
        if (waiting > 0) {
            appends.add(waiting);
            waiting = 0;
        }
    }

    @Override
    public Receipt end(String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamOpening connect(SseEventSink sink) {
        throw new UnsupportedOperationException();
    }

    /** Has all that waits appended when somebody waits for it. */
    private final class AwaitedReceipt extends CompletableFuture<Receipt> {
        private final Receipt receipt;

        AwaitedReceipt(Receipt receipt) {
            this.receipt = receipt;
        }

        @Override
        public Receipt join() {
            append();
            return receipt;
        }
    }
}
