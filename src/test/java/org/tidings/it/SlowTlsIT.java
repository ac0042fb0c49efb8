package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.hub.EventHub;
import org.tidings.hub.HubSettings;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.SseResponse;
import org.tidings.testkit.SseSocketClient;

/** Clients that stop reading, over TLS: what waits for them waits in other places than without. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // Java's client reads on when it is interrupted
class SlowTlsIT {
    /** 20 MiB together, more than a client takes that does not read: Java's takes 16 of a stream. */
    private static final int EVENTS = 640;

    private static final String PADDING = "-".repeat(32 * 1024);

    private static KeyStoreFile keys;

    private TidingsServer server;
    private EventHub hub;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
    }

    @BeforeEach
    void start() {
        var settings = new HashMap<>(keys.settings());
        settings.put("tidings.stall-limit", "2s");
        settings.put("tidings.drain", "1s");
        server = TidingsServer.start(settings);
        hub = server.bean(EventHub.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConnectionOfHttp1IsResetAndHoldsUpNobody() throws Exception {
        Socket narrow = keys.trust().getSocketFactory().createSocket();
        narrow.setReceiveBufferSize(4 * 1024);
        try (var slow = SseSocketClient.openOver(narrow, uri());
                var other = SseResponse.open(client(Version.HTTP_1_1), uri())) {
            assertThat(slow.next().type()).isEqualTo("$hello");

            assertOnlyTheSlowOneIsCut(other);

            assertThatThrownBy(slow::rest).isInstanceOf(IOException.class);
        }
    }

    /** A browser that did not read one of its streams never heard that this had been cut, and waited for ever. */
    @Test
    void aStreamOfHttp2IsResetAndHoldsUpNoOtherOfItsConnection() throws Exception {
        var streams = SseResponse.open(client(Version.HTTP_2), uri(), 2);
        try (var slow = streams.get(0);
                var other = streams.get(1)) {
            assertThat(slow.next().type()).isEqualTo("$hello");

            assertOnlyTheSlowOneIsCut(other);

            assertThatThrownBy(slow::rest).isInstanceOf(IOException.class);
        }
    }

    /** Curl reads nothing while nobody reads from it. The kernel kept megabytes for such a client, for ever. */
    @Test
    void aConnectionOfHttp2IsResetAndHoldsUpNobody() throws Exception {
        Process curl = new ProcessBuilder("curl", "-skN", "--http2", uri().toString()).start();
        try (var slow = curl.inputReader();
                var other = SseResponse.open(client(Version.HTTP_2), uri())) {
            assertThat(slow.lines().anyMatch("event: $hello"::equals)).isTrue();
            assertThat(connections()).isEqualTo(2);

            assertOnlyTheSlowOneIsCut(other);

            await().untilAsserted(() -> assertThat(connections()).isEqualTo(1));
        } finally {
            curl.destroyForcibly();
        }
    }

    private void assertOnlyTheSlowOneIsCut(SseResponse other) throws IOException {
        assertThat(other.next().type()).isEqualTo("$hello");
        long most = 0;
        for (int i = 0; i < EVENTS; i++) {
            publish(i + PADDING);
            assertThat(other.next().data()).isEqualTo(i + PADDING);
            most = Math.max(most, hub.statistics().queuedBytes());
        }
        assertThat(most).isLessThanOrEqualTo(2 * bound());

        await().untilAsserted(() ->
                assertThat(hub.statistics().closed(DisconnectReason.STALLED)).isEqualTo(1));
        assertThat(hub.statistics().queuedBytes()).isZero();
        publish("last");
        assertThat(other.next().data()).isEqualTo("last");
        assertThat(hub.statistics().connections()).isEqualTo(1);
    }

    private void publish(String data) {
        hub.publish(Publication.of("slow", data)).join();
    }

    /** The send queue, and a page that waits beside it while the client catches up. */
    private static long bound() {
        return HubSettings.DEFAULTS.sendQueue().bytes() + 64 * 1024;
    }

    /** That the server has, of which only the kernel tells. */
    private long connections() throws IOException {
        // Of each: a number, the address here, the other one, and the state, of which 01 is established.
        String established = " *\\d+: \\p{XDigit}+:%04X \\S+ 01 .*"
                .formatted(server.address().getPort());
        long count = 0;
        for (String table : new String[] {"tcp", "tcp6"}) {
            try (var lines = Files.lines(Path.of("/proc/net", table))) {
                count += lines.filter(line -> line.matches(established)).count();
            }
        }
        return count;
    }

    private URI uri() {
        return server.address().resolve("hub/events?topic=slow");
    }

    private static HttpClient client(Version version) throws Exception {
        return HttpClient.newBuilder().version(version).sslContext(keys.trust()).build();
    }
}
