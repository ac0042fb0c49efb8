package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** A client that takes nothing of what an application sends. The sink is the runtime's own on the others. */
@Timeout(60)
class SlowSinkIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(
            Map.of("tidings.heartbeat", "1s", "tidings.stall-limit", "3s"),
            SinkApplication.class,
            SinkResource.class,
            SinkFilter.class,
            SinkBoard.class);

    @Test
    void clientIsResetThoughTheApplicationIsIdle() throws Exception {
        SinkBoard board = SERVER.server().bean(SinkBoard.class);
        try (var dead = SseSocketClient.openNarrow(SERVER.uri("sinks/held"));
                var idle = SseSocketClient.open(SERVER.uri("sinks/held"))) {
            SinkBoard.Held toDead = board.take();
            SinkBoard.Held toIdle = board.take();
            toIdle.send("before").get();
            CompletableFuture<?> large = toDead.send("x".repeat(1024 * 1024));

            assertThatThrownBy(large::get).hasCauseInstanceOf(IOException.class);
            assertThat(toDead.sink().isClosed()).isTrue();
            assertReset(dead);
            assertThat(toIdle.sink().isClosed())
                    .as("of the client that has taken all")
                    .isFalse();
            toIdle.send("after");
            assertThat(idle.next(2)).extracting(ReceivedEvent::data).containsExactly("before", "after");
        }
    }

    /** Not an orderly close behind megabytes that the kernel kept for it. */
    private static void assertReset(SseSocketClient dead) {
        assertThatThrownBy(dead::rest).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }
}
