package org.tidings.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.tidings.api.Publication;

/**
 * Publishes after the commit, in the order of firing. The only class that names Jakarta Transactions, so that it can be
 * absent.
 *
 * <p>Each transaction carries the queue of what was fired in it as a resource of its own, and one synchronization: with
 * one for each event, the order after completion would be the transaction manager's. What waits is bounded by the
 * application's transaction alone.
 */
final class JtaTransactions implements Transactions {
    private static final String NAME = "java:comp/TransactionSynchronizationRegistry";

    private final BeanManager beans;
    private final Consumer<List<Publication>> afterCommit;
    private final Object key = new Object();
    // Set once by the first thread that finds out, and null or false before; finding it twice does no harm.
    private volatile TransactionSynchronizationRegistry registry;
    private volatile boolean absent;

    JtaTransactions(BeanManager beans, Consumer<List<Publication>> afterCommit) {
        this.beans = beans;
        this.afterCommit = afterCommit;
    }

    @Override
    public boolean defer(Publication publication) {
        return registry().map(found -> defer(publication, found)).orElse(false);
    }

    private boolean defer(Publication publication, TransactionSynchronizationRegistry transaction) {
        return switch (transaction.getTransactionStatus()) {
            // Committed, and still at the thread: a synchronization that runs after the commit fires. It may run before
            // ours, and its event then comes first: what waits cannot be asked for any more.
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> false;
            // Also of a transaction that was rolled back under its thread, by a timeout, nothing is published.
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> true;
            // If it is too late to register, the registry says so to the caller: the outcome is open, and so neither
            // publishing nor dropping would be right.
            default -> queue(transaction).add(publication);
        };
    }

    @SuppressWarnings("unchecked") // The key is ours alone, and so is what lies under it.
    private Queue<Publication> queue(TransactionSynchronizationRegistry transaction) {
        var queue = (Queue<Publication>) transaction.getResource(key);
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            transaction.registerInterposedSynchronization(new Outcome(queue));
            transaction.putResource(key, queue);
        }
        return queue;
    }

    private Optional<TransactionSynchronizationRegistry> registry() {
        if (registry == null && !absent) {
            registry = find();
        }
        return Optional.ofNullable(registry);
    }

    @SuppressWarnings("BanJNDI") // The name is the specification's, a constant.
    private TransactionSynchronizationRegistry find() {
        Instance<TransactionSynchronizationRegistry> bean =
                beans.createInstance().select(TransactionSynchronizationRegistry.class);
        if (bean.isResolvable()) {
            return bean.get();
        }
        try {
            return InitialContext.doLookup(NAME);
        } catch (NoInitialContextException noNaming) {
            absent = true;
            return null;
        } catch (NamingException notHere) {
            // A thread that the server does not know has no java:comp; the next one may.
            return null;
        }
    }

    private final class Outcome implements Synchronization {
        private final Queue<Publication> queue;

        Outcome(Queue<Publication> queue) {
            this.queue = queue;
        }

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                afterCommit.accept(List.copyOf(queue));
            }
        }
    }
}
