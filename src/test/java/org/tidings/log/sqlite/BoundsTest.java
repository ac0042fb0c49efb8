package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.EventLogException;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.log.Retention;

/** How many events and how many bytes there are once the log is full. */
class BoundsTest extends LogOnDisk {
    private static final String COUNT = "SELECT count(*) FROM event";

    @Test
    void thereAreNeverMoreEventsThanTheBound() throws Exception {
        reopen(keepEvents(2_000));
        for (int i = 0; i < 20; i++) {
            appendBatch("a", 1_000, "x");
            assertThat(number(COUNT)).isBetween(Math.min(1_998L, 1_000L * (i + 1)), 2_000L);
        }
    }

    @Test
    void aLogOfThreeEventsHasThree() throws Exception {
        reopen(keepEvents(3));
        for (int i = 0; i < 20; i++) {
            append("a" + i, "x");
            assertThat(number(COUNT)).isEqualTo(Math.min(3, i + 1));
            assertThat(number("SELECT count(*) FROM topic")).isEqualTo(Math.min(3, i + 1));
        }
    }

    @Test
    void anEndThatGoesIsForgotten() {
        reopen(keepEvents(3));
        end("a");
        append("b", 1, 2);
        assertThat(log.endOf(new TopicName("a"))).hasValue(1);

        append("b", 3, 3);

        assertThat(log.endOf(new TopicName("a"))).isEmpty();
    }

    @Test
    void theLatestEndOfATopicIsNotForgottenWithTheFirst() {
        reopen(keepEvents(3));
        end("a");
        append("b", 1, 1);
        end("a");
        append("b", 2, 2);

        assertThat(log.endOf(new TopicName("a"))).hasValue(3);
        reopen(keepEvents(3));
        assertThat(log.endOf(new TopicName("a"))).hasValue(3);
    }

    /** Of 200-byte events in a log of 1 MiB; a free page is used again before the file grows. */
    @Test
    void aFullLogsFileDoesNotGrow() throws Exception {
        reopen(keepBytes(ByteSize.mebi(1)));
        fill(10);
        long pages = number("PRAGMA page_count");
        fill(20);

        assertThat(number("PRAGMA page_count")).isLessThanOrEqualTo(pages + pages / 20);
        assertThat(used()).isLessThan(ByteSize.kibi(1_024 + 192).bytes());
        assertThat(number(COUNT)).isGreaterThan(2_000);
    }

    @Test
    void aSmallerLogAfterARestartGetsThere() throws Exception {
        fill(10);
        reopen(keepEvents(1_500));
        retain(NOON);
        assertThat(number(COUNT)).isBetween(1_490L, 1_500L);

        reopen(keepBytes(ByteSize.kibi(100)));
        retain(NOON);
        assertThat(used()).isLessThanOrEqualTo(ByteSize.kibi(100).bytes());
        assertThat(number(COUNT)).isGreaterThan(100);
    }

    @Test
    void aFullDiskFailsTheWholeBatchAndNothingElse() throws Exception {
        append("a", 1, 3);
        log.close();
        var pragmas = new ArrayList<>(List.of("PRAGMA max_page_count = 60"));
        log = SqliteEventLog.open(LogFile.claim(directory, pragmas), Durability.OS, PLENTY);

        assertThatThrownBy(() -> appendBatch("b", 100, "x".repeat(10_000)))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("disk is full");

        assertThat(log.end()).isEqualTo(3);
        assertThat(log.trimmed(topics("**"))).isZero();
        assertThat(data(0, "**")).containsExactly("1", "2", "3");
        assertThat(number("SELECT count(*) FROM topic")).isEqualTo(1);
        append("a", 4, 4); // a small one fits

        pragmas.clear();
        assertThatThrownBy(() -> appendBatch("b", 100, "x".repeat(10_000))).isInstanceOf(EventLogException.class);
        appendBatch("b", 100, "x".repeat(10_000));
        assertThat(log.end()).isEqualTo(104);
        assertThat(data(0, "b")).hasSize(100);
    }

    private void fill(int batches) {
        for (int i = 0; i < batches; i++) {
            appendBatch("topic/" + i, 1_000, "x".repeat(200));
        }
    }

    private void appendBatch(String topic, int count, String data) {
        log.append(
                IntStream.range(0, count)
                        .mapToObj(i -> Publication.of(topic, data))
                        .toList(),
                NOON);
    }

    private long used() throws Exception {
        return number("SELECT (page_count - freelist_count) * page_size"
                + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
    }

    private static Retention keepEvents(long events) {
        return new Retention(Duration.ofDays(1), events, PLENTY.size());
    }

    private static Retention keepBytes(ByteSize size) {
        return new Retention(Duration.ofDays(1), 1_000_000, size);
    }
}
