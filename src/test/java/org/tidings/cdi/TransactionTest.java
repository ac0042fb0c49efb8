package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.api.RejectedException;
import org.tidings.api.Streamed;
import org.tidings.api.Topic;
import org.tidings.testkit.RecordedLog;

/** Guarantee 6: an event that is fired in a transaction is published if and only if that commits. */
class TransactionTest {
    private final TransactionManager transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private WeldContainer container;
    private RecordingHub hub;
    private Shop shop;

    @BeforeAll
    static void keepTheObjectStoreBelowTarget() {
        for (String store : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir("target/transactions");
        }
    }

    @BeforeEach
    void start() {
        container = CdiFixture.start(RecordingHub.class, Registry.class, Shop.class, Changed.class);
        hub = container.select(RecordingHub.class).get();
        shop = container.select(Shop.class).get();
    }

    @AfterEach
    void stop() throws Exception {
        container.shutdown();
        if (transactions.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transactions.rollback();
        }
    }

    @Test
    void withoutATransactionAnEventIsPublishedAtOnce() {
        shop.changed.fire(new Changed(1));

        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":1}");
    }

    @Test
    void eventsArePublishedAfterTheCommitInTheOrderOfFiring() throws Exception {
        var atPublishing = new ArrayList<Integer>();
        hub.onPublish(() -> atPublishing.add(status()));
        transactions.begin();
        shop.changed.fire(new Changed(1));
        shop.lobby.fire("two");
        shop.changed.fire(new Changed(3));
        assertThat(hub.published()).isEmpty();

        transactions.commit();

        assertThat(hub.published())
                .containsExactly(
                        "changes|Changed|{\"number\":1}", "chat/lobby|-|two", "changes|Changed|{\"number\":3}");
        assertThat(atPublishing).containsOnly(Status.STATUS_COMMITTED);
    }

    /** Else a commit with a hundred events would wait for the disk a hundred times. */
    @Test
    void eventsOfATransactionShareAnAppend() throws Exception {
        commit(3, "x");

        assertThat(hub.appends()).containsExactly(3);
    }

    /** Who published while a large import committed was turned away. */
    @Test
    void aLargeTransactionLeavesRoomForOthers() throws Exception {
        commit(1_200, "x");
        assertThat(hub.appends()).containsExactly(500, 500, 200);

        commit(50, "x".repeat(200_000));
        assertThat(hub.appends()).endsWith(21, 21, 8);
    }

    /** Of an import of 30,000 orders some were never seen, although it had committed and the log was well. */
    @Test
    void anEventThatFindsNoRoomAfterTheCommitWaitsForItAndIsOvertakenByNone() throws Exception {
        hub.room(10);
        try (var log = new RecordedLog(EventPublisher.class)) {
            var fired = commit(25, "x");

            assertThat(hub.published()).isEqualTo(fired);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void nothingIsPublishedAfterARollback() throws Exception {
        transactions.begin();
        shop.changed.fire(new Changed(1));

        transactions.rollback();

        assertThat(hub.published()).isEmpty();
    }

    @Test
    void nothingIsPublishedOfATransactionThatCanOnlyRollBack() throws Exception {
        transactions.begin();
        shop.changed.fire(new Changed(1));
        transactions.setRollbackOnly();
        shop.changed.fire(new Changed(2));

        assertThatThrownBy(transactions::commit).isInstanceOf(jakarta.transaction.RollbackException.class);

        assertThat(hub.published()).isEmpty();
    }

    @Test
    void whatIsPublishedIsThePayloadAsItWasFired() throws Exception {
        var payload = new Changed(1);
        transactions.begin();
        shop.changed.fire(payload);
        payload.number = 2;

        transactions.commit();

        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":1}");
    }

    @Test
    void anEventThatBreaksARuleIsRejectedAtFiringAndNotAfterTheCommit() throws Exception {
        transactions.begin();

        assertThatThrownBy(() -> shop.any.select(Topic.Literal.of("$hello")).fire("x"))
                .isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> shop.lobby.fire("x".repeat(300_000))).isInstanceOf(RejectedException.class);
    }

    @Test
    void eventsThatAreFiredWhileTheTransactionCompletesBelongToIt() throws Exception {
        transactions.begin();
        shop.changed.fire(new Changed(1));
        transactions
                .getTransaction()
                .registerSynchronization(beforeCompletion(() -> shop.changed.fire(new Changed(2))));
        new TransactionSynchronizationRegistryImple()
                .registerInterposedSynchronization(beforeCompletion(() -> shop.changed.fire(new Changed(3))));

        transactions.commit();

        assertThat(hub.published())
                .containsExactly(
                        "changes|Changed|{\"number\":1}",
                        "changes|Changed|{\"number\":2}",
                        "changes|Changed|{\"number\":3}");
    }

    @Test
    void theFirstEventOfATransactionMayBeFiredWhileItCompletes() throws Exception {
        transactions.begin();
        transactions
                .getTransaction()
                .registerSynchronization(beforeCompletion(() -> shop.changed.fire(new Changed(1))));

        transactions.commit();

        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":1}");
    }

    @Test
    void whatIsFiredAfterTheCommitIsPublishedAtOnce() throws Exception {
        transactions.begin();
        transactions.getTransaction().registerSynchronization(afterCompletion(() -> shop.lobby.fire("done")));

        transactions.commit();

        assertThat(hub.published()).containsExactly("chat/lobby|-|done");
    }

    @Test
    void whatIsFiredWhileATransactionRollsBackIsNotPublished() throws Exception {
        transactions.begin();
        transactions.getTransaction().registerSynchronization(afterCompletion(() -> shop.lobby.fire("failed")));

        transactions.rollback();

        assertThat(hub.published()).isEmpty();
    }

    @Test
    void whatIsFiredInATransactionThatWasRolledBackUnderItsThreadIsNotPublished() throws Exception {
        transactions.begin();
        shop.changed.fire(new Changed(1));
        var transaction = transactions.getTransaction();
        // As a timeout does it.
        CompletableFuture.runAsync(() -> rollBack(transaction)).join();
        assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ROLLEDBACK);

        shop.changed.fire(new Changed(2));

        assertThat(hub.published()).isEmpty();
    }

    @Test
    void aSuspendedTransactionKeepsItsEventsAndTheInnerOnePublishesItsOwn() throws Exception {
        transactions.begin();
        shop.changed.fire(new Changed(1));
        var outer = transactions.suspend();
        transactions.begin();
        shop.changed.fire(new Changed(2));
        transactions.commit();
        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":2}");
        transactions.resume(outer);

        transactions.rollback();

        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":2}");
    }

    @Test
    void transactionsOfTwoThreadsDoNotMix() throws Exception {
        var bothHaveFired = new CyclicBarrier(2);
        var threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> committing = threads.submit(() -> {
                transactions.begin();
                shop.changed.fire(new Changed(1));
                bothHaveFired.await();
                transactions.commit();
                return null;
            });
            Future<?> rollingBack = threads.submit(() -> {
                transactions.begin();
                shop.changed.fire(new Changed(2));
                bothHaveFired.await();
                transactions.rollback();
                return null;
            });
            committing.get();
            rollingBack.get();
        } finally {
            threads.shutdown();
        }

        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":1}");
    }

    @Test
    void fireAsyncPublishesAtOnceWhateverBecomesOfTheTransaction() throws Exception {
        transactions.begin();
        shop.changed.fireAsync(new Changed(1)).toCompletableFuture().join();
        assertThat(hub.published()).containsExactly("changes|Changed|{\"number\":1}");

        transactions.rollback();

        assertThat(hub.published()).hasSize(1);
    }

    @Test
    void aFailureAfterTheCommitIsLoggedWithoutThePayloadAndTheNextEventIsPublished() throws Exception {
        try (var log = new RecordedLog(EventPublisher.class)) {
            transactions.begin();
            shop.any.select(Topic.Literal.of("ended")).fire("secret");
            shop.lobby.fire("next");

            transactions.commit();

            assertThat(hub.published()).containsExactly("chat/lobby|-|next");
            assertThat(log.lines())
                    .containsExactly("an event is lost: its transaction has committed, but it cannot be published;"
                            + " topic ended, type (none)");
            assertThat(log.levels()).containsExactly(Level.SEVERE);
        }
    }

    /** An application that is undeployed meanwhile has no hub any more. */
    @Test
    void eachEventIsToldAsLostWhereThereIsNoHubAfterTheCommit() throws Exception {
        hub.onPublish(() -> {
            throw new IllegalStateException("the application has ended");
        });
        try (var log = new RecordedLog(EventPublisher.class)) {
            commit(2, "x");

            assertThat(log.levels()).containsExactly(Level.SEVERE, Level.SEVERE);
        }
    }

    /** Commits so many events, and returns them as they are published. */
    private List<String> commit(int events, String data) throws Exception {
        var fired = new ArrayList<String>();
        transactions.begin();
        for (int i = 0; i < events; i++) {
            shop.lobby.fire(i + data);
            fired.add("chat/lobby|-|" + i + data);
        }
        transactions.commit();
        return fired;
    }

    private static void rollBack(Transaction transaction) {
        try {
            transaction.rollback();
        } catch (SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Synchronization beforeCompletion(Runnable action) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {
                action.run();
            }

            @Override
            public void afterCompletion(int status) {}
        };
    }

    private static Synchronization afterCompletion(Runnable action) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                action.run();
            }
        };
    }

    private int status() {
        try {
            return transactions.getStatus();
        } catch (SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    @ApplicationScoped
    static class Registry {
        @Produces
        @Dependent
        TransactionSynchronizationRegistry registry() {
            return new TransactionSynchronizationRegistryImple();
        }
    }

    @Dependent
    static class Shop {
        @Inject
        Event<Changed> changed;

        @Inject
        Event<Object> any;

        @Inject
        @Topic("chat/lobby")
        Event<Object> lobby;
    }

    /** Can change after it was fired. */
    @Streamed(topic = "changes")
    public static class Changed {
        public int number;

        Changed(int number) {
            this.number = number;
        }
    }
}
