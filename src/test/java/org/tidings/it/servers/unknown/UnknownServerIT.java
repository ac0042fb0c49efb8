package org.tidings.it.servers.unknown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;

/** What is said at the start of a server that shows nothing of itself; what else runs here runs on all servers. */
@ExtendWith(ArquillianExtension.class)
class UnknownServerIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void streamsHaveThePortableTransport() {
        assertThat(found().get("transport")).startsWith("sink: ");
    }

    @Test
    void whatTheServerDoesNotShowIsCalledThat() {
        assertThat(found().get("heartbeat")).contains("cannot be seen from here");
        assertThat(found().get("HTTP/2")).contains("cannot be seen from here");
    }

    private Map<String, String> found() {
        var findings = json(hub.send(hub.request("hub/health/ready"))).getJsonArray("findings");
        return findings.getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(
                        finding -> finding.getString("subject"), finding -> finding.getString("found")));
    }
}
