package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;

/** docs/operations.md, "What the server says at its start", as its health has it. */
@ExtendWith(ArquillianExtension.class)
class ReportIT {
    private static final Map<String, String> SERVERS = Map.of(
            "embedded", "Tidings", "payara", "Payara Micro", "payara-server", "Payara Server", "wildfly", "WildFly");
    private static final String RUNTIME = System.getProperty("arquillian.launch", "embedded");

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void theServerIsNamedAndWhatItShowsIsSeen() {
        var findings = findings();

        assertThat(findings).containsKeys("server", "transport", "heartbeat", "async", "HTTP/2", "files", "log");
        assertThat(found(findings, "server"))
                .startsWith(SERVERS.get(RUNTIME) + ' ')
                .matches(".* \\d+\\.\\d+.*, Java \\d+.*");
        assertThat(found(findings, "transport")).startsWith(RUNTIME.equals("embedded") ? "grizzly: " : "servlet: ");
        assertThat(found(findings, "heartbeat")).startsWith("every ");
        assertThat(findings.values())
                .extracting(finding -> finding.getString("found"))
                .noneMatch(found -> found.contains("cannot be seen from here"));
    }

    @Test
    void nothingKeepsStreamsFromBeingAsynchronous() {
        assertThat(findings().get("async")).doesNotContainKey("problem");
    }

    /** Whoever reaches the hub may ask; and a problem, as where the tests have the log, does not make it unready. */
    @Test
    void whereTheLogIsStandsInTheServersLogOnly() {
        assertThat(findings().get("log").toString()).startsWith("{").doesNotContain("/");
    }

    @Test
    void whetherItIsAliveIsAllThatLiveSays() {
        assertThat(hub.send(hub.request("hub/health/live")).body()).isEqualTo("{\"status\":\"UP\"}");
    }

    private static String found(Map<String, JsonObject> findings, String subject) {
        return findings.get(subject).getString("found");
    }

    private Map<String, JsonObject> findings() {
        var answer = hub.send(hub.request("hub/health/ready"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("status")).isEqualTo("UP");
        return json(answer).getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(finding -> finding.getString("subject"), Function.identity()));
    }
}
