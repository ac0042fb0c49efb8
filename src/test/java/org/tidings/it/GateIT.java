package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
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

    @Test
    void itSeesPublications() {
        var with = SERVER.request("hub/events?topic=gate")
                .header("X-Word", "sesame")
                .POST(BodyPublishers.ofString("x"));

        assertThat(SERVER.publish("topic=gate", "x").statusCode()).isEqualTo(401);
        assertThat(SERVER.send(with).statusCode()).isEqualTo(201);
    }
}
