package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.it.greeting.GreetingApplication;
import org.tidings.it.greeting.GreetingResource;
import org.tidings.it.greeting.Guest;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** An application that has nothing but what the Jakarta EE specifications ask for. */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
class UserApplicationIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(Map.of(), GreetingApplication.class, GreetingResource.class, Guest.class);
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void isServedUnderItsPathWithBeansThatLiveAsLongAsARequest() {
        String base = hub.uri("greeting/").getPath();

        assertThat(greet("Ada")).isEqualTo("{\"base\":\"" + base + "\",\"before\":\"nobody\",\"now\":\"Ada\"}");
        assertThat(greet("Bob")).contains("\"before\":\"nobody\"");
    }

    @Test
    void handsItsSinkToTheHub() throws IOException {
        greet("Zoe");

        try (var stream = SseSocketClient.open(hub.uri("greeting/hello"), "Accept: text/event-stream")) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            ReceivedEvent greeted = stream.next();
            while (!greeted.data().equals("Zoe")) { // behind those of the other test
                greeted = stream.next();
            }
        }
    }

    @Test
    void standsBesideTheHub() {
        assertThat(hub.send(hub.request("hub/health/ready")).statusCode()).isEqualTo(200);
    }

    private String greet(String name) {
        return hub.send(hub.request("greeting/hello/" + name).POST(BodyPublishers.noBody()))
                .body();
    }
}
