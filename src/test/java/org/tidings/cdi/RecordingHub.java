package org.tidings.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

/** Remembers what is published, as {@code topic|type|data}. Refuses the topic {@code ended}. */
@ApplicationScoped
class RecordingHub implements Hub {
    private final List<String> published = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> full = new CompletableFuture<>();
    private Runnable onPublish = () -> {};
    private Optional<Integer> batchOf = Optional.empty();

    List<String> published() {
        return List.copyOf(published);
    }

    /** What to do within each publish. */
    void onPublish(Runnable action) {
        onPublish = action;
    }

    /** Lets nobody have a receipt until so many are published without waiting. */
    void appendTogether(int events) {
        batchOf = Optional.of(events);
    }

    @Override
    public Receipt publish(Publication publication) {
        onPublish.run();
        if (publication.topic().value().equals("ended")) {
            throw new RejectedException(RejectionReason.TOPIC_ENDED, "the topic 'ended' was ended");
        }
        published.add(publication.topic() + "|"
                + publication.type().map(EventType::value).orElse("-") + "|" + publication.data());
        return new Receipt(new EventId("fake", published.size()), publication.topic());
    }

    @Override
    public CompletionStage<Receipt> publishAsync(Publication publication) {
        try {
            Receipt receipt = publish(publication);
            return batchOf.filter(size -> size != published.size()).isPresent()
                    ? full.thenApply(ready -> receipt)
                    : completed(receipt);
        } catch (RejectedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Receipt> completed(Receipt receipt) {
        full.complete(null);
        return CompletableFuture.completedFuture(receipt);
    }

    @Override
    public Receipt end(String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamOpening connect(SseEventSink sink) {
        throw new UnsupportedOperationException();
    }
}
