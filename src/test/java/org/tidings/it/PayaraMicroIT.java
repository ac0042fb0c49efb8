package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.testkit.Ports;
import org.tidings.testkit.SseSocketClient;

/** server-config/payara: the command for Payara Micro, as the README has it, with tidings-boot.txt. */
@Timeout(300)
class PayaraMicroIT {
    private static final Path BOOT_FILE = Path.of("server-config/payara/tidings-boot.txt");

    @TempDir
    private Path folder;

    @Test
    void theCommandStartsTidingsWithEachLineOfTheBootFile() throws Exception {
        int port = Ports.free();
        Path said = folder.resolve("said");
        Process micro = new ProcessBuilder(command(port).split("\\s+"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            URI hub = URI.create("http://127.0.0.1:" + port + "/tidings/hub/");
            await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> !micro.isAlive() || isReady(hub));

            String query = IntStream.range(0, 100)
                    .mapToObj(i -> "topic=" + "a".repeat(300) + i)
                    .collect(Collectors.joining("&"));
            try (var stream = SseSocketClient.open(hub.resolve("events?" + query))) {
                assertThat(stream.next().type()).isEqualTo("$hello");
            }
            assertThat(folder.resolve("log/tidings.db")).exists();
            String output = Files.readString(said);
            assertThat(Files.readAllLines(BOOT_FILE))
                    .filteredOn(line -> line.startsWith("set "))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(output)
                            .containsPattern("result SUCCESS.*\\s+" + Pattern.quote(line.substring("set ".length()))));
        } finally {
            micro.destroyForcibly().onExit().join();
        }
    }

    /** With the places of this test: the first command in the README that starts a Java program. */
    private String command(int port) throws IOException {
        var block = Pattern.compile("(?m)^java (?:.*\\\\\n)*.*$")
                .matcher(Files.readString(Path.of("server-config/payara/README.md")));
        assertThat(block.find()).isTrue();
        return block.group()
                .replace("\\\n", "")
                .replaceFirst(
                        "^java",
                        Path.of(System.getProperty("java.home"), "bin/java").toString())
                .replace("/var/lib/tidings", folder.resolve("log").toString())
                .replace(" payara-micro.jar", " target/payara/payara-micro.jar")
                .replace("--port 8080", "--port " + port);
    }

    private static boolean isReady(URI hub) throws IOException {
        try (var answer = SseSocketClient.open(hub.resolve("health/ready"))) {
            return answer.status() == 200;
        }
    }
}
