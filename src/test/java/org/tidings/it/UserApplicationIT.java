package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.it.greeting.GreetingApplication;
import org.tidings.it.greeting.GreetingResource;
import org.tidings.it.greeting.Guest;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;

/** An application that has nothing but what the Jakarta EE specifications ask for. */
@Timeout(60)
class UserApplicationIT {
    private static TidingsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = BeanArchive.of(folder, GreetingApplication.class, GreetingResource.class, Guest.class)
                .onClassPath(() -> TidingsServer.start(Map.of("tidings.port", "0")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isServedUnderItsPathWithBeansThatLiveAsLongAsARequest() throws Exception {
        assertThat(greet("Ada")).isEqualTo("{\"base\":\"/greeting/\",\"before\":\"nobody\",\"now\":\"Ada\"}");
        assertThat(greet("Bob")).contains("\"before\":\"nobody\"");
    }

    @Test
    void handsItsSinkToTheHub() throws Exception {
        greet("Zoe");

        var request = HttpRequest.newBuilder(server.address().resolve("greeting/hello"))
                .header("Accept", "text/event-stream")
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().filter("data: Zoe"::equals).findFirst()).isPresent();
        }
    }

    @Test
    void standsBesideTheHub() throws Exception {
        var request = HttpRequest.newBuilder(server.address().resolve("hub/health/ready"))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private String greet(String name) throws Exception {
        var request = HttpRequest.newBuilder(server.address().resolve("greeting/hello/" + name))
                .POST(BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
