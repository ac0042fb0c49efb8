package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.log.Retention;
import org.tidings.log.sqlite.Durability;
import org.tidings.log.sqlite.SqliteEventLog;
import org.tidings.testkit.RecordingConnection;

/** Events went from between others, which were kept longer: who comes back is told, and gets those. */
class HoleTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private HubFixture fixture;

    @BeforeEach
    void lose() {
        var ages = List.of(new Retention.TopicAge(new TopicMatcher("kept"), Duration.ofDays(1)));
        fixture = new HubFixture(
                HubFixture.SETTINGS,
                SqliteEventLog.open(directory, Durability.OS, new Retention(HOUR, 1_000, ByteSize.mebi(64), ages)));
        fixture.publish("gone", "1");
        fixture.publish("kept", "2");
        fixture.publish("gone", "3");
        fixture.publish("kept", "4");
        fixture.scheduler.moveClock(HOUR.plusMinutes(1));
        fixture.publish("gone", "5");
        fixture.scheduler.advance(Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        fixture.hub.close();
    }

    @Test
    void aStreamIsToldAndGetsWhatIsThere() {
        var client = RecordingConnection.reading();
        fixture.open(client, fixture.id(0), "kept", "gone");

        assertThat(client.data()).containsExactly("2", "4", "5");
        assertThat(client.control("$gap")).singleElement().satisfies(gap -> assertThat(gap.id())
                .contains(fixture.id(1)));
    }

    /** The id of the gap is what the client comes back with. */
    @Test
    void whoIsCutBehindTheGapMissesNothing() {
        var client = RecordingConnection.reading();
        fixture.open(client, fixture.id(1), "kept", "gone");

        assertThat(client.data()).containsExactly("2", "4", "5");
    }

    @Test
    void whoHadTheLastThatWentIsToldOfNothing() {
        PollPage page = poll(fixture.id(3), "kept", "gone").join();

        assertThat(page.events()).extracting(Event::data).containsExactly("4", "5");
        assertThat(page.gap()).isEmpty();
    }

    @Test
    void aPollIsToldAndGetsWhatIsThere() {
        PollPage page = poll(fixture.id(0), "kept", "gone").join();

        assertThat(page.events()).extracting(Event::data).containsExactly("2", "4", "5");
        Gap gap = page.gap().orElseThrow();
        assertThat(gap.reason()).isEqualTo(Gap.Reason.EXPIRED);
        assertThat(gap.asked()).isEqualTo(fixture.id(0));
        assertThat(gap.resumed()).hasToString(fixture.id(1));
    }

    /** Not of the loss that the read meets after that. */
    @Test
    void aPollFromAnotherLogIsToldOfThat() {
        PollPage page = poll("elsewhere-7", "kept", "gone").join();

        assertThat(page.events()).extracting(Event::data).containsExactly("2", "4", "5");
        assertThat(page.gap().orElseThrow().reason()).isEqualTo(Gap.Reason.FOREIGN);
        assertThat(page.gap().orElseThrow().asked()).isEqualTo("elsewhere-7");
    }

    @Test
    void whoAsksForWhatWasKeptHasLostNothing() {
        PollPage page = poll(fixture.id(0), "kept").join();

        assertThat(page.events()).extracting(Event::data).containsExactly("2", "4");
        assertThat(page.gap()).isEmpty();
    }

    private CompletableFuture<PollPage> poll(String after, String... topics) {
        CompletableFuture<PollPage> answer =
                fixture.hub.poll(TopicSelector.parse(List.of(topics)), Cursor.parse(after), 10, Duration.ZERO);
        fixture.scheduler.runAll();
        return answer;
    }
}
