package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a result depends on. */
final class Machine {
    private Machine() {}

    static String describe(List<String> arguments) throws IOException, InterruptedException {
        return String.join(
                "\n",
                "- command: `./bench" + (arguments.isEmpty() ? "" : " ") + String.join(" ", arguments) + "`",
                "- commit: " + output("git", "describe", "--always", "--dirty"),
                "- processor: " + field("/proc/cpuinfo", "model name") + ", "
                        + Runtime.getRuntime().availableProcessors() + " of them",
                "- memory: " + field("/proc/meminfo", "MemTotal"),
                "- system: Linux " + System.getProperty("os.version"),
                "- JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "- nginx: " + output("nginx", "-v"),
                "");
    }

    private static String field(String file, String name) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static String output(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var lines = process.inputReader()) {
                String line = lines.readLine();
                return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 && line != null
                        ? line
                        : "unknown";
            }
        } catch (IOException e) {
            return "none";
        }
    }
}
