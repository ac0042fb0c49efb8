package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;

/** Where there is no bean of it, the registry of transactions is looked up by its name, as on a Jakarta EE server. */
class TransactionLookupTest {
    private static final String SERVER_THREAD = "tidings.test.server-thread";

    private final TransactionManager transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private final List<Publication> published = new ArrayList<>();
    private final Publication publication = Publication.of("a", "x");
    private WeldContainer container;
    private Transactions found;

    @BeforeEach
    void start() {
        TransactionTest.keepTheObjectStoreBelowTarget();
        container = CdiFixture.start(RecordingHub.class);
        found = Transactions.of(container.getBeanManager(), published::addAll);
    }

    @AfterEach
    void stop() {
        container.shutdown();
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        System.clearProperty(SERVER_THREAD);
    }

    @Test
    void itIsFoundByItsNameAndKept() throws Exception {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        System.setProperty(SERVER_THREAD, "yes");
        assertThat(found.defer(publication)).isFalse();
        System.clearProperty(SERVER_THREAD);

        assertThat(deferredInATransaction()).isTrue();
        assertThat(published).containsExactly(publication);
    }

    @Test
    void aThreadThatHasNoNamesDoesNotSpoilItForOthers() throws Exception {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        assertThat(deferredInATransaction()).isFalse();
        System.setProperty(SERVER_THREAD, "yes");

        assertThat(deferredInATransaction()).isTrue();
    }

    @Test
    void withoutNamingThereAreNoTransactions() throws Exception {
        assertThat(deferredInATransaction()).isFalse();
    }

    private boolean deferredInATransaction() throws Exception {
        transactions.begin();
        boolean deferred = found.defer(publication);
        transactions.commit();
        return deferred;
    }

    /** A server's naming, which knows the name on its own threads only. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    boolean known = name.equals("java:comp/TransactionSynchronizationRegistry")
                            && System.getProperty(SERVER_THREAD) != null;
                    if (!known) {
                        throw new NameNotFoundException(name);
                    }
                    return new TransactionSynchronizationRegistryImple();
                }
            };
        }
    }
}
