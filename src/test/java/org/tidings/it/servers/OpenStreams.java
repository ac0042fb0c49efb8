package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.SseSocketClient;

/** Streams that are open when what serves them is taken away. */
final class OpenStreams {
    private static final int CLIENTS = 20;

    private final List<SseSocketClient> streams = new ArrayList<>();

    /** Opens them; each has heard {@code $hello}. */
    OpenStreams(HubClient hub, String query, String... headers) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            streams.add(hub.stream(query, headers));
            assertThat(streams.get(i).next().type()).isEqualTo("$hello");
        }
    }

    void assertEachHears(String data) throws IOException {
        for (SseSocketClient stream : streams) {
            assertThat(stream.next().data()).isEqualTo(data);
        }
    }

    /** Reads them to their end. */
    void assertEachEndsInGoodOrder() throws IOException {
        for (SseSocketClient stream : streams) {
            assertThat(stream.rest()).as("an orderly end, and no event").isEmpty();
            assertThat(stream.text()).as("a farewell").matches("(?s).*\n\n(: \n\n)*retry: \\d+\n\n");
            stream.close();
        }
    }
}
