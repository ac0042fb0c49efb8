package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.it.servers.preface.BlockingFilter;
import org.tidings.it.servers.preface.PrefaceApplication;
import org.tidings.it.servers.preface.PrefaceResource;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.SseSocketClient;

/**
 * Streams that cannot have the transport that the report told: they are served all the same, and operators hear why.
 */
@Timeout(120)
@ExtendWith(ArquillianExtension.class)
class FallbackIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(Map.of(), PrefaceApplication.class, PrefaceResource.class, BlockingFilter.class);
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void aStreamThatHadBegunBefore() throws IOException {
        try (var stream = SseSocketClient.open(hub.uri("preface/spoken?topic=spoken"))) {
            assertThat(stream.next().data()).isEqualTo("preface");
            assertThat(stream.next().type()).isEqualTo("$hello");
            hub.published("topic=spoken", "event");
            assertThat(stream.next().data()).isEqualTo("event");
        }

        assertThat(transport().getString("found")).startsWith("servlet: ");
        assertThat(transport().getString("problem")).contains("had begun before. Hand the sink over first");
    }

    /** RESTEasy ends it at once. On Payara such a request fails before it comes to Tidings. */
    @Test
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
    void aStreamBehindAFilterThatDoesNotSupportIt() throws IOException {
        try (var stream = SseSocketClient.open(hub.uri("preface/filtered?topic=filtered"))) {
            assertThat(stream.status()).isEqualTo(200);
        }

        assertThat(transport().getString("problem")).contains("not asynchronous. Set asyncSupported = true");
    }

    /** What the report says of it, which does not make the server unready. */
    private JsonObject transport() {
        var answer = hub.send(hub.request("hub/health/ready"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("status")).isEqualTo("UP");
        return json(answer).getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .filter(finding -> finding.getString("subject").equals("transport"))
                .findFirst()
                .orElseThrow();
    }
}
