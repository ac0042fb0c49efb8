package org.tidings.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.config.Settings;
import org.tidings.testkit.SseSocketClient;

/** server-config/systemd/tidings.service: systemd understands it, and what it starts does what it relies on. */
@Timeout(60)
class SystemdIT {
    private static final String READY = "Tidings listens on ";

    @TempDir
    private Path folder;

    private String unit;

    /** With the folders of this test, and the Java and the jar that are tested. */
    @BeforeEach
    void read() throws IOException {
        unit = Files.readString(Path.of("server-config/systemd/tidings.service"))
                .replace(
                        "%S/tidings",
                        Files.createDirectory(folder.resolve("state")).toString())
                .replace(
                        "%C/tidings",
                        Files.createDirectory(folder.resolve("cache")).toString())
                .replace(
                        "/usr/bin/java",
                        Path.of(System.getProperty("java.home"), "bin/java").toString())
                .replace(
                        "/opt/tidings",
                        Path.of("target/embedded").toAbsolutePath().toString());
    }

    @Test
    void systemdUnderstandsEachLine() throws Exception {
        Path file = Files.writeString(folder.resolve("tidings.service"), unit);

        assertThat(said("systemd-analyze", "verify", file.toString())).isEmpty();
    }

    /** On systemd's scale from 0 (all is shut) to 100. */
    @Test
    void littleIsExposed() throws Exception {
        Path file = Files.writeString(folder.resolve("tidings.service"), unit);

        said("systemd-analyze", "security", "--offline=true", "--threshold=20", file.toString());
    }

    @Test
    void itKeepsTheLogInItsFolderAndEndsAsAnnounced() throws Exception {
        Process service = start();
        try (var out = service.inputReader()) {
            URI address = out.lines()
                    .filter(line -> line.startsWith(READY))
                    .map(SystemdIT::address)
                    .findFirst()
                    .orElseThrow();
            try (var stream = SseSocketClient.open(address.resolve("hub/events?topic=a"))) {
                stream.next();
                assertThat(folder.resolve("state/tidings.db")).exists();
                assertThat(folder.resolve("cache")).isNotEmptyDirectory();

                service.toHandle().destroy();

                assertThat(stream.rest()).isEmpty();
            }
            assertThat(service.waitFor()).isEqualTo(number("SuccessExitStatus"));
        } finally {
            service.destroyForcibly().onExit().join();
        }
    }

    /** It would fail again at once, for ever. */
    @Test
    void itIsNotStartedAgainWithAWrongSetting() throws Exception {
        unit = unit.replace("TIDINGS_LOG_DIRECTORY=", "TIDINGS_HEARTBEAT=never\nEnvironment=TIDINGS_LOG_DIRECTORY=");
        Process service = start();

        assertThat(new String(service.getInputStream().readAllBytes(), UTF_8)).contains("tidings.heartbeat is 'never'");
        assertThat(service.waitFor()).isEqualTo(number("RestartPreventExitStatus"));
    }

    @Test
    void itIsGivenTheTimeThatItTakesToDrain() {
        assertThat(Duration.ofSeconds(number("TimeoutStopSec")))
                .isGreaterThan(Settings.DEFAULTS.drain().multipliedBy(3));
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(value("ExecStart").get(0).split(" ")).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_") || name.startsWith("JAVA_TOOL"));
        builder.environment().put("TIDINGS_PORT", "0");
        for (String assignment : value("Environment")) {
            String[] nameAndValue = assignment.split("=", 2);
            builder.environment().put(nameAndValue[0], nameAndValue[1]);
        }
        return builder.start();
    }

    private int number(String key) {
        return Integer.parseInt(value(key).get(0).replaceAll("s$", ""));
    }

    private List<String> value(String key) {
        return Pattern.compile("(?m)^" + key + "=(.*)$")
                .matcher(unit)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static URI address(String line) {
        return URI.create(line.substring(READY.length()));
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
