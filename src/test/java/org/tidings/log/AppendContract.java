package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.Event;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;

/** Order, receipts, all or nothing, and the follower. */
interface AppendContract extends LogUnderTest {
    @Test
    default void eventsComeBackInTheOrderInWhichTheyWereAppended() {
        log().append(List.of(Publication.of("a", "1"), Publication.of("b", "2")), NOON);
        log().append(List.of(Publication.of("a", "3")), NOON);

        assertThat(data(0, "**")).containsExactly("1", "2", "3");
    }

    @Test
    default void offsetsRiseWithinABatchAndFromOneToTheNext() {
        var offsets = new ArrayList<Long>(List.of(0L));
        for (int i = 0; i < 3; i++) {
            log().append(List.of(Publication.of("a", "x"), Publication.of("b", "y")), NOON)
                    .forEach(event -> offsets.add(LogUnderTest.offset(event)));
        }

        assertThat(offsets).hasSize(7).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void theNewestEventIsTheEnd() {
        append("a", "1");
        Event newest = append("b", "2");

        assertThat(log().end()).isEqualTo(LogUnderTest.offset(newest));
    }

    @Test
    default void itsSizeIsThatOfItsEvents() {
        append("a", "1");
        LogSize one = log().size();
        for (int i = 0; i < 50; i++) {
            append("a", "x".repeat(1_000));
        }

        assertThat(one.events()).isEqualTo(1);
        assertThat(log().size().events()).isEqualTo(51);
        assertThat(log().size().size().bytes() - one.size().bytes()).isGreaterThan(50_000);
    }

    @Test
    default void anEventIsReadAsItWasPublished() {
        String text = " \u2028\ud83d\ude00\r\n\0\ufeff\"'\\% ";
        var batch = List.of(Publication.of("a/\u00e9 \ud83d\ude00", "t\u00e4p", text), Publication.of("a/b", ""));

        List<Event> appended = log().append(batch, NOON.plusMillis(123));

        assertThat(appended)
                .extracting(event -> new Publication(event.topic(), event.type(), event.data()))
                .isEqualTo(batch);
        assertThat(appended).extracting(Event::time).containsOnly(NOON.plusMillis(123));
        assertThat(appended).extracting(event -> event.id().epoch()).containsOnly(log().epoch());
        assertThat(read(0, "**")).isEqualTo(appended);
    }

    /** An event must not have another time when it is read again, nor on another engine. */
    @Test
    default void timesAreToTheMillisecond() {
        append("a", "1", NOON.plusNanos(123_999_999));

        assertThat(read(0, "a")).extracting(Event::time).containsExactly(NOON.plusMillis(123));
    }

    @Test
    default void theLargestEventIsTaken() {
        String largest = "\u00e9".repeat(Publication.MAX_DATA_BYTES / 2);
        append("a", largest);

        assertThat(data(0, "a")).containsExactly(largest);
    }

    @Test
    default void anEmptyBatchAppendsNothing() {
        var batches = new ArrayList<List<Event>>();
        log().follow(batches::add);

        assertThat(log().append(List.of(), NOON)).isEmpty();
        assertThat(log().end()).isZero();
        assertThat(batches).isEmpty();
    }

    /** A batch that breaks in its middle: what an engine has taken of it by then must go. */
    @Test
    default void aBatchThatFailsLeavesTheLogAsItWas() {
        var heard = new ArrayList<Event>();
        log().follow(heard::addAll);
        long end = LogUnderTest.offset(append("a", "before"));

        var broken = Arrays.asList(Publication.of("a", EventLog.END.value(), ""), Publication.of("a", "lost"), null);
        assertThatThrownBy(() -> log().append(broken, NOON)).isInstanceOf(RuntimeException.class);

        assertThat(log().end()).isEqualTo(end);
        assertThat(log().endOf(new TopicName("a"))).isEmpty();
        append("a", "after");
        assertThat(data(0, "**")).containsExactly("before", "after");
        assertThat(heard).extracting(Event::data).containsExactly("before", "after");
    }

    @Test
    default void theFollowerHearsEachEventOnceInOrderBeforeAppendReturns() {
        var heard = new ArrayList<Event>();
        log().follow(heard::addAll);

        var appended = new ArrayList<Event>();
        for (int i = 0; i < 5; i++) {
            appended.addAll(log().append(List.of(Publication.of("a", "x" + i), Publication.of("b", "y" + i)), NOON));
            assertThat(heard).isEqualTo(appended);
        }
    }

    @Test
    default void whatTheFollowerHearsCanBeReadAlready() {
        var read = new ArrayList<String>();
        log().follow(events -> read.addAll(data(0, "**")));

        log().append(List.of(Publication.of("a", "1"), Publication.of("a", "2")), NOON);

        assertThat(read).containsExactly("1", "2");
    }
}
