package org.tidings.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;
import java.util.function.Consumer;
import org.tidings.api.Publication;

/** Holds publications back until the caller's transaction has committed. Any thread. */
interface Transactions {
    /**
     * Takes the publication if its time has not come.
     *
     * @return {@code false} if the caller is in no transaction: then the publication is the caller's, at once. If
     *     {@code true}, it is published after the commit, or never
     */
    boolean defer(Publication publication);

    /** Those of the platform; none where Jakarta Transactions is not even on the class path. */
    static Transactions of(BeanManager beans, Consumer<List<Publication>> afterCommit) {
        try {
            Class.forName(
                    "jakarta.transaction.TransactionSynchronizationRegistry",
                    false,
                    Transactions.class.getClassLoader());
            return new JtaTransactions(beans, afterCommit);
        } catch (ClassNotFoundException absent) {
            return publication -> false;
        }
    }
}
