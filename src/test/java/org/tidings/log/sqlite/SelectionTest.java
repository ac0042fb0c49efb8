package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.api.ByteSize;
import org.tidings.api.Event;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.log.Page;
import org.tidings.log.PageLimit;

/** Whichever way a page is read: the events are those that a look at each one finds. */
class SelectionTest extends LogOnDisk {
    private static final long SEED = 20260102;

    /** Around the bounds of the ranges of names that patterns are looked up in. */
    private static final List<String> NAMES = List.of(
            "a",
            "A",
            "a0",
            "a/b",
            "a/B",
            "a/0",
            "a/é",
            "a/b/c",
            "a/\uFFFD",
            "a/\uD83D\uDE00",
            "a/\uE000/c",
            "a!",
            "a~",
            "b",
            "b/a",
            "aa/b",
            "é",
            "\uD83D\uDE00/b",
            "x".repeat(512));

    private static final List<String> MATCHERS = Stream.concat(
                    NAMES.stream(),
                    Stream.of("**", "*", "a/*", "a/**", "*/b", "a/*/c", "a/b/**", "*/*", "none", "none/**"))
            .toList();

    @Test
    void everyWayFindsWhatALookAtEachEventFinds() {
        var random = new Random(SEED);
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.addAll(log.append(
                    IntStream.range(0, 50)
                            .mapToObj(n -> Publication.of(name(random), "x".repeat(random.nextInt(40))))
                            .toList(),
                    NOON));
        }
        for (int i = 0; i < 400; i++) {
            TopicSelector selector = TopicSelector.parse(IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(n -> MATCHERS.get(random.nextInt(MATCHERS.size())))
                    .toList());
            var limit = new PageLimit(1 + random.nextInt(300), new ByteSize(1 + random.nextInt(5_000)));
            long after = random.nextInt(all.size());
            assertThat(read(after, selector, limit))
                    .as("%s behind %d, %s", selector, after, limit)
                    .isEqualTo(all.stream()
                            .filter(event -> event.id().offset() > after && selector.matches(event.topic()))
                            .toList());
        }
    }

    /** Few, more than are read by the index, and more than are looked at. */
    @Test
    void aPatternOfManyTopicsFindsThemAll() {
        for (int i = 0; i < 1_100; i++) {
            append("few/" + i % 90, "f" + i);
            append("many/" + i % 150, "m" + i);
            append("most/" + i, "x" + i);
        }
        for (String of : List.of("few", "many", "most")) {
            assertThat(data(0, of + "/*")).hasSize(1_100).doesNotHaveDuplicates();
            assertThat(data(1_000, of + "/**", "none")).hasSizeBetween(766, 767);
        }
    }

    @Test
    void textsComeBackAsTheyWere() {
        List<String> texts = List.of(
                "",
                "\0",
                "a\0b",
                "\r",
                "a\rb\r\nc\n",
                "\uD83D\uDE00",
                "\uFEFF",
                "\u2028",
                "é".repeat(131_072),
                "'; --");
        texts.forEach(text ->
                log.append(List.of(Publication.of("\uD83D\uDE00/é", "é\uD83D\uDE00" + "t".repeat(100), text)), NOON));

        List<Event> events = log.read(0, topics("\uD83D\uDE00/*"), WIDE).events();

        assertThat(events).extracting(Event::data).isEqualTo(texts);
        assertThat(events)
                .extracting(event -> event.type().orElseThrow().value())
                .containsOnly("é\uD83D\uDE00" + "t".repeat(100));
    }

    private List<Event> read(long after, TopicSelector selector, PageLimit limit) {
        var events = new ArrayList<Event>();
        Page page;
        long through = after;
        do {
            page = log.read(through, selector, limit);
            assertThat(page.events()).hasSizeLessThanOrEqualTo(limit.events());
            assertThat(page.through()).isGreaterThan(through);
            events.addAll(page.events());
            through = page.through();
        } while (through < page.end());
        return events;
    }

    private static String name(Random random) {
        // Some topics are most of the log, some are rare.
        int index = random.nextInt(4) == 0 ? random.nextInt(NAMES.size()) : random.nextInt(3);
        return NAMES.get(index);
    }
}
