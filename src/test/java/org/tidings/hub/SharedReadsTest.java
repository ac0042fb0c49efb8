package org.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.tidings.testkit.ManualScheduler;

/** Who shares a read, and who must not. */
class SharedReadsTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> heard = new ArrayList<>();
    private Runnable duringRead = () -> {};
    private int count;
    private final SharedReads<String, String> reads = new SharedReads<>(scheduler, key -> {
        String result = key + ++count;
        duringRead.run();
        return result;
    });

    @Test
    void whoAsksForTheSameSharesOneRead() {
        read("key", "first");
        read("key", "second");
        read("other", "third");

        scheduler.runAll();

        assertThat(heard).containsExactly("first key1", "second key1", "third other2");
    }

    /** What was read may be older than what the second has heard of. */
    @Test
    void whoAsksWhileItIsReadHasAnotherRead() {
        duringRead = () -> {
            duringRead = () -> {};
            read("key", "second");
        };
        read("key", "first");

        scheduler.runAll();

        assertThat(heard).containsExactly("first key1", "second key2");
    }

    /** A lane asks, and must not wait for the disk. */
    @Test
    void nobodyWaitsToAskWhileItIsRead() {
        duringRead = () -> {
            duringRead = () -> {};
            assertThat(CompletableFuture.runAsync(() -> read("key", "second"))).succeedsWithin(Duration.ofSeconds(10));
        };
        read("key", "first");

        scheduler.runAll();

        assertThat(heard).containsExactly("first key1", "second key2");
    }

    @Test
    void whoAsksAgainWhenItIsToldHasAnotherRead() {
        reads.read("key", result -> {
            heard.add(result);
            read("key", "again");
        });

        scheduler.runAll();

        assertThat(heard).containsExactly("key1", "again key2");
    }

    @Test
    void aReceiverThatFailsKeepsNothingFromTheOthers() {
        reads.read("key", result -> {
            throw new IllegalStateException("deliberate");
        });
        reads.read("key", result -> {
            throw new StackOverflowError("deliberate");
        });
        read("key", "third");

        scheduler.runAll();
        read("key", "later");
        scheduler.runAll();

        assertThat(heard).containsExactly("third key1", "later key2");
    }

    private void read(String key, String name) {
        reads.read(key, result -> heard.add(name + ' ' + result));
    }
}
