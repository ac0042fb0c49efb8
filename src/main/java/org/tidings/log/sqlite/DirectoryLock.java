package org.tidings.log.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds a directory for one log: a lock on a file keeps other processes out, a system property other logs in this one.
 * Both are needed. A process that closes a file loses all of its locks on it (POSIX), so nobody may so much as open the
 * file while another log in the process has it locked; and two applications on one server share no class of ours.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String CLAIM = "org.tidings.log:";

    private final String claim;
    private final FileChannel file;

    private DirectoryLock(String claim, FileChannel file) {
        this.claim = claim;
        this.file = file;
    }

    /** Empty if another log has the directory, by whatever path. */
    static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
        String claim = CLAIM + directory.toRealPath();
        if (System.getProperties().putIfAbsent(claim, "locked") != null) {
            return Optional.empty();
        }
        Optional<FileChannel> file = Optional.empty();
        try {
            file = lock(directory.resolve(LogFile.LOCK));
        } finally {
            if (file.isEmpty()) {
                System.getProperties().remove(claim);
            }
        }
        return file.map(locked -> new DirectoryLock(claim, locked));
    }

    private static Optional<FileChannel> lock(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = file.tryLock() != null; // until the channel is closed
        } catch (OverlappingFileLockException e) {
            // By this process, which sees the directory at two places.
        } finally {
            if (!locked) {
                file.close();
            }
        }
        return locked ? Optional.of(file) : Optional.empty();
    }

    /** The file first: who finds no claim may open it. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            System.getProperties().remove(claim);
        }
    }
}
