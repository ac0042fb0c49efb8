package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More clients than the server accepts at once; when which one is accepted, LeakyBucketTest tells. */
@Timeout(60)
class AcceptRateIT {
    private static final int CLIENTS = 40;

    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of("tidings.accept-rate", "50"));

    @Test
    void whoComesTooFastWaitsAndIsServed() throws Exception {
        try (var clients = new ManyStreams(SERVER.uri("hub/events?topic=rate"), CLIENTS)) {
            clients.readUntil(ManyStreams.Reader::hello);
            SERVER.published("topic=rate", "news");
            clients.readUntil(reader -> !reader.data().isEmpty());

            assertThat(clients.readers()).hasSize(CLIENTS).allSatisfy(reader -> assertThat(reader.data())
                    .containsExactly("news"));
        }
    }
}
