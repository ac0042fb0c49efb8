package org.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidings.testkit.PageTable;

/** docs/concurrency.md has a row for each thread and for each lock that there is, and for no other. */
class ConcurrencyPageTest {
    private static final String PAGE = "concurrency.md";

    /** A name of several threads ends with a hyphen, behind which comes their number. */
    private static final Pattern THREAD = Pattern.compile("\"(tidings-[a-z-]*[a-z])-?\"");

    private static final Pattern LOCK =
            Pattern.compile("\\bsynchronized\\b|\\bnew (Reentrant\\w*|\\w*Lock|Semaphore)\\(");

    /** What is named like a thread and is a folder. */
    private static final String LOG_FOLDER = "tidings-data";

    @Test
    void everyThreadHasARow() throws IOException {
        List<String> threads = sources()
                .flatMap(source -> THREAD.matcher(text(source)).results())
                .map(name -> name.group(1))
                .filter(name -> !name.equals(LOG_FOLDER))
                .distinct()
                .toList();

        assertThat(PageTable.headed(PAGE, "thread").names().stream()
                        .filter(name -> name.startsWith("tidings-"))
                        .map(name -> name.replaceFirst("-N$", "")))
                .containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    void everyLockHasARow() throws IOException {
        List<String> owners = sources()
                .filter(source -> LOCK.matcher(text(source)).find())
                .map(source -> source.getFileName().toString().replace(".java", ""))
                .toList();

        assertThat(PageTable.headed(PAGE, "lock of").names()).containsExactlyInAnyOrderElementsOf(owners);
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
