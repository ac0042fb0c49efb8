package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
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
import org.tidings.testkit.HubClient;
import org.tidings.testkit.SseSocketClient;

/** The WAR is undeployed while streams are open, and deployed again. The embedded server has nothing to undeploy. */
@Timeout(240)
@ExtendWith(ArquillianExtension.class)
class RedeployIT {
    private static final String WAR = "tidings";
    private static final int CLIENTS = 20;

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
        var streams = new ArrayList<SseSocketClient>();
        for (int i = 0; i < CLIENTS; i++) {
            streams.add(hub.stream("topic=redeploy"));
            assertThat(streams.get(i).next().type()).isEqualTo("$hello");
        }
        String heard = hub.published("topic=redeploy", "heard");
        for (SseSocketClient stream : streams) {
            assertThat(stream.next().data()).isEqualTo("heard");
        }

        deployer.undeploy(WAR);

        for (SseSocketClient stream : streams) {
            assertThat(stream.rest()).as("an orderly end, and no event").isEmpty();
            assertThat(stream.text()).as("a farewell").matches("(?s).*data: heard\n\n(: \n\n)*retry: \\d+\n\n");
            stream.close();
        }
        assertThat(server.openFiles("tidings.db")).isEmpty();

        deployer.deploy(WAR);
        hub.published("topic=redeploy", "missed");
        for (int i = 0; i < CLIENTS; i++) {
            try (var stream = hub.stream("topic=redeploy", "Last-Event-ID: " + heard)) {
                assertThat(stream.next().type()).isEqualTo("$hello");
                assertThat(stream.next().data()).isEqualTo("missed");
            }
        }
        deployer.undeploy(WAR);
    }
}
