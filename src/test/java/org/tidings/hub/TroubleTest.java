package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidings.testkit.ManualScheduler;
import org.tidings.testkit.RecordedLog;

/** What the operator is told of what fails for long. */
class TroubleTest {
    private final RecordedLog log = new RecordedLog(Trouble.class);
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Trouble trouble = new Trouble("It fails", scheduler);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void itIsToldAtOnceThenEveryHalfMinuteAndThatItIsOver() {
        trouble.passed();
        meet(3);
        scheduler.pass(Duration.ofSeconds(29));
        meet(2);
        scheduler.pass(Duration.ofSeconds(1));
        meet(2);
        trouble.passed();
        trouble.passed();
        meet(1);

        assertThat(log.lines())
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
