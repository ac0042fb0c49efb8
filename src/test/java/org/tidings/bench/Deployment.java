package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * What a Jakarta EE server is started for: one WAR, at its root.
 *
 * @param properties the system properties of the JVM, as arguments
 */
record Deployment(String name, Path war, Api api, List<String> properties) {
    private static final Path CLASSES = Path.of("target/test-classes");

    /** By name: Jakarta REST, which they need, is not on the benchmark's class path. */
    private static final List<String> BROADCASTER =
            List.of("org/tidings/bench/BroadcasterApplication.class", "org/tidings/bench/BroadcasterResource.class");

    /** Ours, for everybody: the WAR does not know whether others reach the server. */
    static Deployment tidings(String log) {
        return new Deployment(
                "tidings",
                Path.of("target/tidings.war").toAbsolutePath(),
                Api.TIDINGS,
                List.of("-Dtidings.publish=anyone", log));
    }

    /** The server's own broadcaster; the WAR is made in this folder. */
    static Deployment broadcaster(Path folder) throws IOException {
        Path war = folder.resolve("broadcaster.war");
        try (var jar = new JarOutputStream(Files.newOutputStream(war))) {
            for (String file : BROADCASTER) {
                jar.putNextEntry(new JarEntry("WEB-INF/classes/" + file));
                Files.copy(CLASSES.resolve(file), jar);
            }
        }
        return new Deployment("broadcaster", war, Api.BROADCASTER, List.of());
    }
}
