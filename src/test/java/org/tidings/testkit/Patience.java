package org.tidings.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** How long tests wait for what another thread, process or browser does. */
public final class Patience {
    /** Generous: that it takes a fraction of that is for eyes, not for a test on a busy machine. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Patience() {}

    /** Awaitility's, whose own limit is too short where a process starts or thousands of streams end. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }

    /** Returns once the check holds. */
    public static void eventually(ThrowingRunnable check) {
        await().untilAsserted(check);
    }
}
