package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.tidings.testkit.SseSocketClient;

/** The server stops while streams are open. */
@Timeout(120)
@ExtendWith(ArquillianExtension.class)
class ServerStopIT {
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
    void eachStreamHearsTheFarewellAndEndsInGoodOrder() throws Exception {
        deployer.deploy(WAR);
        var streams = new ArrayList<SseSocketClient>();
        for (int i = 0; i < CLIENTS; i++) {
            streams.add(server.tidings().stream("topic=stop"));
            assertThat(streams.get(i).next().type()).isEqualTo("$hello");
        }

        server.stop();
        server.start(); // for the tests that follow

        for (SseSocketClient stream : streams) {
            assertThat(stream.rest()).as("an orderly end, and no event").isEmpty();
            assertThat(stream.text()).as("a farewell").matches("(?s).*}\n\n(: \n\n)*retry: \\d+\n\n");
            stream.close();
        }
    }
}
