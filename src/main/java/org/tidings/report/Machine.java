package org.tidings.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process and its machine show.
 *
 * @param java the version of Java
 * @param descriptors empty: they cannot be seen
 * @param log where the log keeps its files; empty: it keeps none
 */
public record Machine(String java, Optional<Descriptors> descriptors, Optional<Place> log) {
    /**
     * File descriptors of the process. Each connection takes one.
     *
     * @param limit how many there may be
     * @param open how many there are
     */
    public record Descriptors(long limit, long open) {
        long left() {
            return limit - open;
        }
    }

    /**
     * A directory.
     *
     * @param path absolute
     * @param fileSystem its type, as the operating system calls it: {@code ext4}; empty: this cannot be seen
     * @param temporary whether it is below the temporary directory of Java
     */
    public record Place(Path path, Optional<String> fileSystem, boolean temporary) {}
}
