package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A filter that somebody gives to every application is passed by no request, be it one that Jersey could be spared. */
class GateIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of(), GateFeature.class);

    @Test
    void itSeesStreams() throws IOException {
        try (var without = SERVER.stream("topic=gate");
                var with = SERVER.stream("topic=gate", GateFeature.WORD)) {
            assertThat(without.status()).isEqualTo(401);
            assertThat(with.next().type()).isEqualTo("$hello");
        }
    }

    /** One that asked a database did so on the few threads that serve all who ask for events. */
    @Test
    void itMayBlockAndHoldsUpNobodyElse() {
        int processors = Runtime.getRuntime().availableProcessors();
        var patient = Stream.generate(() -> SERVER.sendAsync(poll("please")))
                .limit(processors)
                .toList();
        try {
            await().until(() -> GateFeature.WAITING.get() >= Math.max(1, processors / 2));

            assertThat(SERVER.send(poll("sesame")).statusCode()).isEqualTo(200);
        } finally {
            GateFeature.OPENED.complete(null);
        }
        assertThat(patient)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void itSeesPublications() {
        var with = SERVER.request("hub/events?topic=gate")
                .header("X-Word", "sesame")
                .POST(BodyPublishers.ofString("x"));

        assertThat(SERVER.publish("topic=gate", "x").statusCode()).isEqualTo(401);
        assertThat(SERVER.send(with).statusCode()).isEqualTo(201);
    }

    private static HttpRequest.Builder poll(String word) {
        return SERVER.request("hub/events?topic=gate")
                .header("Accept", "application/json")
                .header("X-Word", word);
    }
}
