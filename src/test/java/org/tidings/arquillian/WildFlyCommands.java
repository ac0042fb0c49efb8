package org.tidings.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/** What an operator says to WildFly on its command line while it runs. */
final class WildFlyCommands {
    private final Path cli = Path.of(System.getProperty("jboss.home"), "bin", "jboss-cli.sh");
    private final String controller = "--controller=127.0.0.1:" + System.getProperty(Runtimes.MANAGEMENT_PORT);

    void run(String... commands) throws IOException {
        var builder = new ProcessBuilder(
                        cli.toString(), "--connect", controller, "--commands=" + String.join(",", commands))
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (said.contains("failed") || process.onExit().join().exitValue() != 0) {
            throw new IOException("WildFly answered " + said);
        }
    }
}
