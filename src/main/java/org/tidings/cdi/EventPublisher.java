package org.tidings.cdi;

import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
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
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;

/**
 * Publishes what CDI events carry. Writes the payload at once, so that a later change to it is not seen; publishes when
 * the transaction allows. Any thread; blocks until the log has the event, or all events of a commit, which share its
 * appends.
 */
final class EventPublisher {
    private static final System.Logger LOG = System.getLogger(EventPublisher.class.getName());

    /**
     * What one commit has under way shares an append, and leaves other publishers most of what may wait for the log.
     */
    private static final int GROUP_EVENTS = 500;

    /** The event with which they are reached is under way too. */
    private static final int GROUP_CHARACTERS = 4 * 1024 * 1024;

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
        var group = new ArrayList<UnderWay>();
        int characters = 0;
        for (Publication publication : publications) {
            group.add(new UnderWay(publication, begin(publication)));
            characters += publication.data().length();
            if (group.size() == GROUP_EVENTS || characters >= GROUP_CHARACTERS) {
                group.forEach(UnderWay::await);
                group.clear();
                characters = 0;
            }
        }
        group.forEach(UnderWay::await);
    }

    /** Where there is no room, waits for it before the next event: none overtakes this one. */
    private CompletableFuture<Receipt> begin(Publication publication) {
        try {
            var receipt = hub().publishAsync(publication).toCompletableFuture();
            return isOverloaded(receipt) ? CompletableFuture.completedFuture(hub().publish(publication)) : receipt;
        } catch (RuntimeException e) { // also of an application that has ended meanwhile, and its hub with it
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The hub says so at once, and of nothing that it has taken. */
    private static boolean isOverloaded(CompletableFuture<Receipt> receipt) {
        return receipt.isCompletedExceptionally()
                && receipt.handle((none, failure) -> failure instanceof RejectedException rejected
                                && rejected.reason() == RejectionReason.OVERLOADED)
                        .join();
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

    private record UnderWay(Publication publication, CompletableFuture<Receipt> receipt) {
        void await() {
            try {
                receipt.join();
            } catch (CompletionException e) {
                tellOfLoss(publication, e.getCause());
            }
        }
    }
}
