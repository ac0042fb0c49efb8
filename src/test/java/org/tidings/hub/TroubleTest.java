package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.testkit.ManualScheduler;

/** What the operator is told of what fails for long. */
class TroubleTest {
    private static final Logger LOG = Logger.getLogger(Trouble.class.getName());

    private final List<String> told = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            told.add(
                    entry.getParameters() == null
                            ? entry.getMessage()
                            : MessageFormat.format(entry.getMessage(), entry.getParameters()));
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Trouble trouble = new Trouble("It fails", scheduler);

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void itIsToldAtOnceThenEveryHalfMinuteAndThatItIsOver() {
        trouble.isOver();
        meet(3);
        scheduler.pass(Duration.ofSeconds(29));
        meet(2);
        scheduler.pass(Duration.ofSeconds(1));
        meet(2);
        trouble.isOver();
        trouble.isOver();
        meet(1);

        assertThat(told)
                .containsExactly(
                        "It fails (failure 1)",
                        "It fails (failure 6)",
                        "Over after 7 failures: It fails",
                        "It fails (failure 1)");
    }

    private void meet(int times) {
        for (int i = 0; i < times; i++) {
            trouble.met(new IllegalStateException("deliberate"));
        }
    }
}
