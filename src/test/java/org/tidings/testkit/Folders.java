package org.tidings.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the JDK has for single files only. */
public final class Folders {
    private Folders() {}

    /** Copies a folder and all that is in it to where there is nothing yet. */
    public static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
