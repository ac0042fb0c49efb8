package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.DisconnectReason;
import org.tidings.api.TopicSelector;
import org.tidings.testkit.ManualScheduler;
import org.tidings.testkit.RecordedLog;

/** A listener takes the time that it wants, and as much memory as it may. */
class NotifierTest {
    private static final TopicSelector TOPICS = TopicSelector.parse(List.of("a"));
    private static final int WAITING = 100_000;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> heard = new ArrayList<>();
    private final Notifier notifier = new Notifier(
            new HubListener() {
                @Override
                public void connected(String connection, TopicSelector topics) {
                    heard.add("+" + connection);
                }

                @Override
                public void disconnected(String connection, DisconnectReason reason) {
                    heard.add("-" + connection);
                }
            },
            scheduler);

    @Test
    void aListenerThatIsFarBehindHearsOfNoFurtherConnectionAndTheLogTells() {
        try (var log = new RecordedLog(Notifier.class)) {
            for (int i = 0; i < WAITING; i++) {
                assertThat(offer("" + i)).isTrue();
            }
            assertThat(offer("too many")).isFalse();
            assertThat(log.lines()).hasSize(1).first().asString().contains("will not hear of a connection");

            notifier.add(listener -> listener.disconnected("0", DisconnectReason.CLIENT_GONE));
            scheduler.runAll();
            assertThat(heard).hasSize(WAITING + 1).endsWith("-0").doesNotContain("+too many");
            assertThat(offer("now")).isTrue();
        }
    }

    private boolean offer(String connection) {
        return notifier.offer(listener -> listener.connected(connection, TOPICS));
    }
}
