package org.tidings.cdi;

import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tidings.api.EventType;
import org.tidings.api.Hub;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.TopicName;

/**
 * Publishes what CDI events carry. Writes the payload at once, so that a later change to it is not seen; publishes when
 * the transaction allows. Any thread; blocks for one append of the log, which all events of a commit share.
 */
final class EventPublisher {
    private static final System.Logger LOG = System.getLogger(EventPublisher.class.getName());

    private final PayloadWriter payloads;
    private final Transactions transactions;
    private volatile Hub hub; // null before the first event; finding it twice does no harm

    EventPublisher(PayloadWriter payloads, Function<Consumer<List<Publication>>, Transactions> transactions) {
        this.payloads = payloads;
        this.transactions = transactions.apply(this::publishAfterCommit);
    }

    /**
     * @param transactional whether the transaction of the calling thread decides; for an event fired with
     *     {@code fireAsync} there is none
     * @throws org.tidings.api.RejectedException if the event breaks a rule; thrown here, at {@code fire}, and not after
     *     a commit, where nobody could hear it
     * @throws org.tidings.api.EventLogException if it was published at once and the log failed
     */
    void publish(TopicName topic, Optional<EventType> type, Object payload, boolean transactional) {
        TopicTemplate.requireNotReserved(topic);
        type.ifPresent(Declarations::requireNotReserved);
        var publication = new Publication(topic, type, payloads.write(payload));
        if (!transactional || !transactions.defer(publication)) {
            hub().publish(publication);
        }
    }

    /**
     * Asked for at the first event, and by this class: on a server an extension, which belongs to several archives,
     * does not see the application's beans.
     */
    private Hub hub() {
        if (hub == null) {
            hub = CDI.current().select(Hub.class).get();
        }
        return hub;
    }

    /** The transaction has committed, so the next event goes on whatever becomes of this one. */
    private void publishAfterCommit(List<Publication> publications) {
        List<CompletableFuture<Receipt>> receipts = publications.stream()
                .map(publication -> hub().publishAsync(publication).toCompletableFuture())
                .toList();
        for (int i = 0; i < receipts.size(); i++) {
            try {
                receipts.get(i).join();
            } catch (CompletionException e) {
                tellOfLoss(publications.get(i), e.getCause());
            }
        }
    }

    private static void tellOfLoss(Publication publication, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "an event is lost: its transaction has committed, but it cannot be published; topic %s, type %s"
                        .formatted(
                                publication.topic(),
                                publication.type().map(EventType::value).orElse("(none)")),
                failure);
    }
}
