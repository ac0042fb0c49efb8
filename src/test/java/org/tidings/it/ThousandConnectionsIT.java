package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubSettings;

/** Guarantees 2 to 4 of docs/protocol.md with real sockets: 900 clients that read, 100 that never do. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ThousandConnectionsIT {
    private static final int READERS = 900;
    private static final int STALLED = 100;
    private static final int EVENTS = 200;

    /** More than the kernel's and the HTTP server's buffers take for one connection. */
    private static final int BALLAST = 160;

    private static final String BALLAST_DATA = "b".repeat(32 * 1024);

    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of("tidings.stall-limit", "10m"));

    @Test
    void everyReaderHearsEveryEventInOrderAndWhoNeverReadsCostsNoMoreThanItsBound() throws Exception {
        EventHub hub = SERVER.server().bean(EventHub.class);
        try (var clients = new ManyStreams(SERVER.uri("hub/events?topic=run"), READERS);
                var stalled = new ManyStreams(SERVER.uri("hub/events?topic=run&topic=ballast"), STALLED)) {
            clients.readUntil(ManyStreams.Reader::hello);
            stalled.readUntil(ManyStreams.Reader::hello);
            // From here on the hundred read nothing.
            for (int i = 0; i < BALLAST; i++) {
                hub.publish(Publication.of("ballast", BALLAST_DATA)).join();
            }
            long most = 0;
            for (int i = 1; i <= EVENTS; i++) {
                hub.publish(Publication.of("run", Integer.toString(i))).join();
                clients.readWhatIsThere();
                most = Math.max(most, hub.statistics().queuedBytes());
            }
            clients.readUntil(reader -> reader.data().size() >= EVENTS);

            List<String> all = numbers();
            assertThat(clients.readers()).hasSize(READERS).allSatisfy(reader -> assertThat(reader.data())
                    .isEqualTo(all));
            assertThat(hub.statistics().delivered())
                    .as("the hundred could not be given everything")
                    .isLessThan(READERS * EVENTS + (long) STALLED * (BALLAST + EVENTS));
            assertThat(most).isLessThanOrEqualTo(STALLED * bound() + READERS * 64L * 1024);
            assertThat(hub.statistics().queuedBytes()).isLessThanOrEqualTo(STALLED * bound());
            assertThat(hub.statistics().connections()).isEqualTo(READERS + STALLED);

            // And when one of them reads after all, it has missed nothing.
            var expected = new ArrayList<String>();
            IntStream.range(0, BALLAST).forEach(i -> expected.add(BALLAST_DATA));
            expected.addAll(all);
            stalled.readers().get(0).readUntil(reader -> reader.data().size() >= expected.size());
            assertThat(stalled.readers().get(0).data()).isEqualTo(expected);
        }
    }

    /** The send queue, and a page that waits beside it while the client catches up. */
    private static long bound() {
        return HubSettings.DEFAULTS.sendQueue().bytes() + 64 * 1024;
    }

    private static List<String> numbers() {
        return IntStream.rangeClosed(1, EVENTS).mapToObj(Integer::toString).toList();
    }
}
