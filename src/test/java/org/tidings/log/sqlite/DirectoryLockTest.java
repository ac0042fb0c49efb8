package org.tidings.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.tidings.api.EventLogException;

/** A directory is one log's, of all processes and of all applications in each. */
class DirectoryLockTest extends LogOnDisk {
    private static final String REFUSED = "another server keeps its log in ";

    /**
     * Two WARs on one server. The second was refused, and the first had lost its lock with that: one more server was
     * let in, and its events were removed when the first wrote again.
     */
    @Test
    void whoIsRefusedInTheSameProcessLeavesTheLockWithItsOwner() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);

        assertThatThrownBy(this::open).hasMessageContaining(REFUSED);
        assertThatThrownBy(() -> SqliteEventLog.open(link, Durability.OS, PLENTY))
                .hasMessageContaining(REFUSED);
        assertThatThrownBy(this::startInAnotherClassLoader).rootCause().hasMessageContaining(REFUSED);

        assertThat(answer(startInAnotherProcess())).contains(REFUSED);
        log.close();
        assertThat(answer(startInAnotherProcess())).contains(Another.OPEN);
    }

    @Test
    void aDirectoryCanBeHadOnceTheProcessThatHadItHasEnded() throws Exception {
        log.close();
        Process other = startInAnotherProcess();
        assertThat(other.inputReader().lines().anyMatch(Another.OPEN::equals)).isTrue();
        assertThatThrownBy(this::open).hasMessageContaining(REFUSED);
        answer(other);

        open();
    }

    @Test
    void aDirectoryCanBeHadOnceWhatKeptALogFromBeingOpenedIsGone() throws Exception {
        log.close();
        Path file = directory.resolve(LogFile.LOCK);
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(this::open).isInstanceOf(EventLogException.class).hasMessageContaining("cannot write");
        Files.delete(file);
        assertThatThrownBy(() -> SqliteEventLog.open(directory, null, PLENTY)).isInstanceOf(NullPointerException.class);

        open();
    }

    private void startInAnotherClassLoader() throws Exception {
        var urls = new ArrayList<URL>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            loader.loadClass(Another.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {directory.toString()});
        }
    }

    private Process startInAnotherProcess() throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Another.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Lets it end, and returns what it says until then. */
    private static String answer(Process process) throws IOException {
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A server with classes of its own. */
    public static final class Another {
        static final String OPEN = "It is open.";

        public static void main(String[] args) throws IOException {
            SqliteEventLog log = SqliteEventLog.open(Path.of(args[0]), Durability.OS, PLENTY);
            System.out.println(OPEN);
            System.in.readAllBytes();
            log.close();
        }
    }
}
