package org.tidings.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders for logs on disk and for what a server writes, each new and empty. */
final class FreshFolder {
    private static final String PREFIX = "fresh-";

    private FreshFolder() {}

    static Path create(Path parent) throws IOException {
        return Files.createTempDirectory(parent, PREFIX);
    }

    /** Those of processes that have ended. */
    static void deleteAll(Path parent) {
        try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            folders.forEach(FreshFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
