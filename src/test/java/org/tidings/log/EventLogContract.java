package org.tidings.log;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every engine must do. An engine's test extends this and says how a log is opened; the tests are in the
 * interfaces, one for each side of a log.
 *
 * <p>A position that a log cannot know (of another epoch, ahead of the end, not an id) never reaches it: the hub sees
 * to those. What the hub builds on is asked here: {@code read} behind an offset that retention has passed answers with
 * {@link Page#lostThrough}, and at the end with an empty page.
 */
@Timeout(60)
abstract class EventLogContract
        implements AppendContract, ReadContract, RetentionContract, EndingContract, LifeContract, ConcurrencyContract {
    @TempDir
    Path directory;

    private EventLog log;
    private Path place;
    private Retention retention = PLENTY;
    private int places;

    /** Opens the log in the directory; where there is none, the engine makes it. */
    abstract EventLog open(Path directory, Retention retention);

    @BeforeEach
    void openLog() {
        place = directory;
        log = open(place, retention);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public void startAnew(Retention newRetention) {
        log.close();
        retention = newRetention;
        place = directory.resolve("log-" + ++places);
        log = open(place, retention);
    }

    @Override
    public void reopen() {
        log.close();
        log = open(place, retention);
    }
}
