package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.config.SettingsException;
import org.tidings.hub.EventHub;
import org.tidings.it.greeting.GreetingApplication;
import org.tidings.server.StartException;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BeanArchive;
import org.tidings.testkit.SseSocketClient;

/** How the embedded server starts, does not start, and ends. */
@Timeout(60)
class StartIT {
    @Test
    void aTakenPortIsToldInOneSentenceAndLeavesNothingBehind() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            assertThatThrownBy(() -> TidingsServer.start(Map.of("tidings.port", port)))
                    .isInstanceOf(StartException.class)
                    .hasMessage("Port " + port + " of 127.0.0.1 is taken: stop the program that has it, or set"
                            + " TIDINGS_PORT to another port.");
        }
        TidingsServer.start(Map.of("tidings.port", "0")).close(); // refused if a container were left
    }

    @Test
    void anAddressThatIsNotThisMachinesIsToldInOneSentence() {
        assertThatThrownBy(() -> TidingsServer.start(Map.of("tidings.port", "0", "tidings.host", "192.0.2.1")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Tidings cannot listen on 192.0.2.1:0 (");
    }

    @Test
    void aNameThatNobodyKnowsIsToldInOneSentence() {
        assertThatThrownBy(() -> TidingsServer.start(Map.of("tidings.port", "0", "tidings.host", "no.such.invalid")))
                .isInstanceOf(StartException.class)
                .hasMessage("Tidings cannot listen on no.such.invalid:0 (Unresolved address): see tidings.host.");
    }

    @Test
    void aWrongSettingStartsNothing() {
        assertThatThrownBy(() -> TidingsServer.start(Map.of("tidings.port", "no")))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void twoApplicationsCannotHaveOnePath(@TempDir Path folder) throws Exception {
        var archive = BeanArchive.of(folder, GreetingApplication.class, GreetingAgain.class);

        assertThatThrownBy(() -> archive.onClassPath(() -> TidingsServer.start(Map.of("tidings.port", "0"))))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("More than one JAX-RS application has the path '/greeting', ");
    }

    @Test
    void thereIsOneServerAProcess() {
        try (var first = TidingsServer.start(Map.of("tidings.port", "0"))) {
            assertThatThrownBy(() -> TidingsServer.start(Map.of("tidings.port", "0")))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("the only one");
            assertThat(first.bean(EventHub.class).isRunning()).isTrue();
        }
    }

    @Test
    void closingEndsStreamsInGoodOrderAndFreesThePort() throws Exception {
        var server = TidingsServer.start(Map.of("tidings.port", "0"));
        EventHub hub = server.bean(EventHub.class);
        try (var stream = SseSocketClient.open(server.address().resolve("hub/events?topic=a"))) {
            assertThat(stream.next().type()).isEqualTo("$hello");

            server.close();
            server.close();

            assertThat(hub.isRunning()).isFalse();
            assertThat(stream.rest()).isEmpty();
        }
        String port = Integer.toString(server.address().getPort());
        try (var again = TidingsServer.start(Map.of("tidings.port", port))) {
            assertThat(again.address()).isEqualTo(server.address());
        }
    }
}
