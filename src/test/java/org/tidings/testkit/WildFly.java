package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** WildFly where the build unpacks it, and the command line on which operators speak to it. */
public final class WildFly {
    private static final Path PARENT = Path.of("target/wildfly");

    private WildFly() {}

    /** Its folder, whose name has the version. */
    public static Path home() throws IOException {
        try (var folders = Files.newDirectoryStream(PARENT, "wildfly-*")) {
            return folders.iterator().next().toAbsolutePath();
        }
    }

    /**
     * Runs {@code jboss-cli.sh}; gives what it says.
     *
     * @param options its JVM's
     * @throws IOException if it says that something failed
     */
    public static String cli(String options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(home().resolve("bin/jboss-cli.sh").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", options);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (said.contains("failed") || process.onExit().join().exitValue() != 0) {
            throw new IOException("WildFly answered " + said);
        }
        return said;
    }
}
