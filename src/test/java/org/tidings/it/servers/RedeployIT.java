package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
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
    private static final int REQUESTS = 50;

    /** Open Liberty was not looked at. */
    private static final boolean COLLECTS = !"liberty".equals(System.getProperty("arquillian.launch"));

    @Deployment(name = WAR, managed = false, testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    private JakartaServer server;

    @Test
    void streamsEndTheLogIsReleasedAndClientsComeBackToWhatTheyMissed() throws IOException, DeploymentException {
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
        assertThat(server.loadersOf(EventHub.class)).isPositive();
        deployer.undeploy(WAR);
        returned.assertEachEndsInGoodOrder();
        if (COLLECTS) {
            assertAllAreCollected(hub);
        }
    }

    /** This WAR, both times, and those of all other tests. */
    private void assertAllAreCollected(HubClient hub) throws IOException, DeploymentException {
        server.endIdleThreads();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                wakeThreads(hub);
                return server.loadersOf(EventHub.class) == 0;
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Class loaders of WARs that were undeployed are held. Suspects: a thread that was started while one"
                            + " ran and has its context class loader, a listener or driver that it registered with the"
                            + " JDK, a thread local. The way from a root to the loader is in " + server.dumpHeap(),
                    e);
        }
    }

    /** A thread that idles learns only then that it should not for as long. */
    private static void wakeThreads(HubClient hub) {
        Stream.generate(() -> hub.sendAsync(hub.request("hub/health")))
                .limit(REQUESTS)
                .toList()
                .forEach(CompletableFuture::join);
    }
}
