package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;

/** The broadcaster in a resource of an application, over HTTP. */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
class BroadcasterIT {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.with(Map.of(), RoomApplication.class, RoomResource.class);
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void clientThatComesBackHearsWhatItMissedAndThenWhatIsBroadcast() throws Exception {
        String first = say("1");
        say("2");

        try (Stream<String> lines = listen(first)) {
            var data = lines.filter(line -> line.startsWith("data:") && !line.contains("{"))
                    .map(line -> line.substring("data:".length()).strip())
                    .iterator();
            assertThat(data.next()).isEqualTo("2");
            say("3");
            assertThat(data.next()).isEqualTo("3");
        }
    }

    private String say(String text) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(room()).POST(HttpRequest.BodyPublishers.ofString(text));
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    private Stream<String> listen(String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(room())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastEventId);
        return client.send(request.build(), BodyHandlers.ofLines()).body();
    }

    private URI room() {
        return hub.uri("chat/room");
    }
}
