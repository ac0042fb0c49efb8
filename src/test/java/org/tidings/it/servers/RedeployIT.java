package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.JakartaServer;
import org.tidings.arquillian.TidingsWar;
import org.tidings.hub.EventHub;
import org.tidings.testkit.HubClient;

/** The WAR is undeployed while streams are open, and deployed again. The embedded server has nothing to undeploy. */
@Timeout(240)
@ExtendWith(ArquillianExtension.class)
class RedeployIT {
    private static final String WAR = "tidings";
    private static final int PUBLISHERS = 200;

    /**
     * Not on WildFly: threads of its executor keep a task of then on their stacks, with the context class loader of
     * whoever handed that in, also while they serve other requests.
     */
    private static final boolean COLLECTS = "payara".equals(System.getProperty("arquillian.launch"));

    @Deployment(name = WAR, managed = false, testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    private JakartaServer server;

    @Test
    void streamsEndTheLogIsReleasedAndClientsComeBackToWhatTheyMissed() throws IOException {
        HubClient hub = server.tidings();
        deployer.deploy(WAR);
        var streams = new OpenStreams(hub, "topic=redeploy");
        String heard = hub.published("topic=redeploy", "heard");
        streams.assertEachHears("heard");

        deployer.undeploy(WAR);

        streams.assertEachEndsInGoodOrder();
        assertThat(server.openFiles("tidings.db")).isEmpty();

        deployer.deploy(WAR);
        hub.published("topic=redeploy", "missed");
        var returned = new OpenStreams(hub, "topic=redeploy", "Last-Event-ID: " + heard);
        returned.assertEachHears("missed");
        if (COLLECTS) {
            assertWhatWasUndeployedIsCollected(hub);
        }
        deployer.undeploy(WAR);
        returned.assertEachEndsInGoodOrder();
    }

    /**
     * This WAR as it was first, and those of all other tests. The server's threads keep the last request that they had,
     * until they have another one: so they are given some.
     */
    private void assertWhatWasUndeployedIsCollected(HubClient hub) throws IOException {
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                useManyThreads(hub);
                return server.loadersOf(EventHub.class) == 1;
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Class loaders of WARs that were undeployed are held. Suspects: a thread that was started while one"
                            + " ran and has its context class loader, a listener or driver that it registered with the"
                            + " JDK, a thread local. The way from a root to the loader is in " + server.dumpHeap(),
                    e);
        }
    }

    /** Publishers, for they have a thread each while the log writes. */
    private static void useManyThreads(HubClient hub) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            answers.add(hub.sendAsync(
                    hub.request("hub/events?topic=redeploy/threads").POST(BodyPublishers.ofString("x"))));
        }
        answers.forEach(CompletableFuture::join);
    }
}
