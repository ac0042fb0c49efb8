package org.tidings.it.servers;

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

/** The server stops while streams are open. */
@Timeout(120)
@ExtendWith(ArquillianExtension.class)
class ServerStopIT {
    private static final String WAR = "tidings";

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
        var streams = new OpenStreams(server.tidings(), "topic=stop");

        server.stop();
        server.start(); // for the tests that follow

        streams.assertEachEndsInGoodOrder();
    }
}
