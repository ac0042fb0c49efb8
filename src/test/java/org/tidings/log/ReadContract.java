package org.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;

/** Topics, positions and pages. */
interface ReadContract extends LogUnderTest {
    @Test
    default void anEmptyLogIsReadAsAnEmptyPage() {
        assertThat(log().end()).isZero();
        assertThat(trimmed()).isZero();
        assertThat(log().read(0, LogUnderTest.topics("**"), WIDE)).isEqualTo(new Page(List.of(), 0, 0, 0));
    }

    @Test
    default void aTopicIsReadByItsExactName() {
        appendToFamily();

        assertThat(data(0, "orders/1")).containsExactly("to orders/1");
        assertThat(data(0, "orders")).containsExactly("to orders");
        assertThat(data(0, "order")).isEmpty();
        assertThat(data(0, "Orders")).isEmpty();
    }

    /** An engine that asks SQL with LIKE or GLOB must not take a topic's characters for a pattern. */
    @Test
    default void charactersThatMeanSomethingToAnEngineMeanThemselves() {
        append("a%", "percent");
        append("a_", "underscore");
        append("a?", "question mark");
        append("a[b]", "brackets");
        append("a'b", "quote");
        append("ab", "letters");

        assertThat(data(0, "a%")).containsExactly("percent");
        assertThat(data(0, "a_")).containsExactly("underscore");
        assertThat(data(0, "a?")).containsExactly("question mark");
        assertThat(data(0, "a[b]")).containsExactly("brackets");
        assertThat(data(0, "a'b")).containsExactly("quote");
        assertThat(data(0, "a%/**", "a_/**")).containsExactly("percent", "underscore");
    }

    @Test
    default void oneStarStandsForOneSegment() {
        appendToFamily();

        assertThat(data(0, "orders/*")).containsExactly("to orders/1", "to orders/2");
        assertThat(data(0, "*")).containsExactly("to orders", "to users");
        assertThat(data(0, "orders/*/items")).containsExactly("to orders/1/items");
    }

    @Test
    default void twoStarsStandForTheRest() {
        appendToFamily();

        assertThat(data(0, "orders/**"))
                .containsExactly("to orders", "to orders/1", "to orders/1/items", "to orders/2");
        assertThat(data(0, "**")).hasSize(5);
    }

    @Test
    default void severalMatchersGiveEachEventOnceInOrder() {
        appendToFamily();

        assertThat(data(0, "users", "orders/1", "orders/*")).containsExactly("to orders/1", "to users", "to orders/2");
    }

    @Test
    default void readingGoesOnBehindThePosition() {
        List<Event> events = appendCounted("a", 5);

        assertThat(data(LogUnderTest.offset(events.get(2)), "a")).containsExactly("4", "5");
    }

    @Test
    default void aReaderAtTheEndGetsAnEmptyPage() {
        appendCounted("a", 3);
        long end = log().end();

        assertThat(log().read(end, LogUnderTest.topics("a"), WIDE)).isEqualTo(new Page(List.of(), end, trimmed(), end));
    }

    @Test
    default void aPageHoldsNoMoreEventsThanItsLimit() {
        appendCounted("a", 5);

        assertThat(firstPage(new PageLimit(3, ByteSize.mebi(1))))
                .extracting(Event::data)
                .containsExactly("1", "2", "3");
    }

    @Test
    default void aPageHoldsNoMoreDataThanItsLimit() {
        for (int i = 0; i < 5; i++) {
            append("a", "x".repeat(1_000));
        }

        assertThat(firstPage(new PageLimit(100, new ByteSize(3_500)))).hasSize(3);
        assertThat(firstPage(new PageLimit(100, new ByteSize(3_000)))).hasSize(3);
        assertThat(firstPage(new PageLimit(100, new ByteSize(2_999)))).hasSize(2);
    }

    @Test
    default void aPageHoldsOneEventWhateverItsSize() {
        append("a", "x".repeat(1_000));
        append("a", "");

        assertThat(firstPage(new PageLimit(100, new ByteSize(10)))).hasSize(1);
        assertThat(firstPage(new PageLimit(1, new ByteSize(0)))).hasSize(1);
    }

    @Test
    default void limitedPagesTogetherGiveEachEventOnce() {
        appendCounted("a", 20);
        var limit = new PageLimit(3, new ByteSize(5));

        var events = new ArrayList<String>();
        long through = 0;
        for (int pages = 0; through < log().end() && pages < 100; pages++) {
            Page page = log().read(through, LogUnderTest.topics("a"), limit);
            page.events().forEach(event -> events.add(event.data()));
            through = page.through();
        }

        assertThat(events)
                .isEqualTo(read(0, "a").stream().map(Event::data).toList())
                .hasSize(20);
    }

    /** A page that is full must not pass over an event that did not fit. */
    @Test
    default void aFullPageEndsBeforeTheNextEventOfTheTopics() {
        append("a", "1");
        append("b", "other");
        Event next = append("a", "2");

        Page page = log().read(0, LogUnderTest.topics("a"), new PageLimit(1, ByteSize.mebi(1)));

        assertThat(page.through()).isLessThan(LogUnderTest.offset(next));
        assertThat(data(page.through(), "a")).containsExactly("2");
    }

    /** A reader of a rare topic must not look at the same foreign events again and again. */
    @Test
    default void aReaderOfARareTopicGetsOn() {
        append("rare", "1");
        appendCounted("frequent", 10_000);
        append("rare", "2");
        appendCounted("frequent", 10);

        long through = 0;
        var found = new ArrayList<String>();
        while (through < log().end()) {
            Page page = log().read(through, LogUnderTest.topics("rare"), WIDE);
            assertThat(page.through()).isGreaterThan(through);
            page.events().forEach(event -> found.add(event.data()));
            through = page.through();
        }

        assertThat(found).containsExactly("1", "2");
    }

    private void appendToFamily() {
        for (String topic : List.of("orders", "orders/1", "orders/1/items", "users", "orders/2")) {
            append(topic, "to " + topic);
        }
    }

    private List<Event> firstPage(PageLimit limit) {
        return log().read(0, LogUnderTest.topics("a"), limit).events();
    }
}
