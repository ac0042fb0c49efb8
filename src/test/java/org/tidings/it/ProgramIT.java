package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.it.greeting.GreetingApplication;
import org.tidings.it.greeting.GreetingResource;
import org.tidings.it.greeting.Guest;
import org.tidings.testkit.BeanArchive;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.SseSocketClient;

/** The built jar as a process of its own, started from a folder that is not the project's. */
@Timeout(60)
class ProgramIT {
    private static final String JAR =
            Path.of("target/embedded/tidings.jar").toAbsolutePath().toString();
    private static final String READY = "Tidings listens on ";

    /** The exit code of a Java process that was told to end: 128 and the signal's number. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    /** What the program writes to stderr. */
    private Path log;

    @Test
    void saysOneLineWhenItIsReadyAndNothingElseUntilItIsToldToEnd() throws Exception {
        Process program = program(Map.of("TIDINGS_PORT", "0"), "-jar", JAR);
        try (var out = program.inputReader()) {
            URI address = address(out.readLine());
            try (var stream = SseSocketClient.open(address.resolve("hub/events?topic=a"))) {
                stream.next();

                program.toHandle().destroy(); // Process.destroy closes the streams, too

                assertThat(stream.rest()).isEmpty();
            }
            assertThat(program.waitFor()).isEqualTo(TERMINATED);
            assertThat(out.lines()).isEmpty();
        } finally {
            kill(program);
        }
    }

    @Test
    void logsWhatItFoundAndWhatIsWrongWithIt() throws Exception {
        Process program = program(Map.of("TIDINGS_PORT", "0"), "-jar", JAR);
        try (var out = program.inputReader()) {
            address(out.readLine());

            assertThat(Files.readString(log))
                    .containsOnlyOnce("INFO org.tidings.rest.StartReporter: What Tidings found at its start:\n")
                    .contains("\n  server     Tidings ", "; " + folder.resolve("tidings-data") + "\n")
                    .containsOnlyOnce(
                            "WARNING org.tidings.rest.StartReporter: Tidings runs, and needs your attention:\n")
                    .contains("\n  log: it is in ");
        } finally {
            kill(program);
        }
    }

    @Test
    void servesTheFilesOfTheJar() throws Exception {
        Process program = program(Map.of("TIDINGS_PORT", "0"), "-jar", JAR);
        try (var out = program.inputReader()) {
            var page =
                    client.send(HttpRequest.newBuilder(address(out.readLine())).build(), BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).startsWith("<!doctype html>").contains("Tidings");
        } finally {
            kill(program);
        }
    }

    @Test
    void findsAnApplicationThatIsOnTheClassPath() throws Exception {
        var archive = BeanArchive.of(folder, GreetingApplication.class, GreetingResource.class, Guest.class);
        String classPath = JAR + File.pathSeparator + archive.jar();
        Process program = program(Map.of("TIDINGS_PORT", "0"), "-cp", classPath, "org.tidings.server.Main");
        try (var out = program.inputReader()) {
            URI address = address(out.readLine());
            var greeting = HttpRequest.newBuilder(address.resolve("greeting/hello/Ada"))
                    .POST(BodyPublishers.noBody())
                    .build();

            assertThat(client.send(greeting, BodyHandlers.ofString()).body()).contains("\"now\":\"Ada\"");
        } finally {
            kill(program);
        }
    }

    @Test
    void aTakenPortIsOneSentenceAndAnExitCode() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            assertFails(
                    Map.of("TIDINGS_PORT", port),
                    "Port " + port + " of 127.0.0.1 is taken: stop the program that has it, or set TIDINGS_PORT to"
                            + " another port.");
        }
    }

    @Test
    void wrongSettingsAreOneSentenceAndAnExitCode() throws Exception {
        assertFails(
                Map.of("TIDINGS_PORT", "http", "TIDINGS_HEARTBEAT", "10ms"),
                "Tidings cannot start: tidings.port is 'http' (allowed: 0, which takes any that is free, to 65535);"
                        + " tidings.heartbeat is '10ms' (allowed: from 100ms to 1d).");
    }

    @Test
    void speaksTlsAndWarnsOfACertificateThatHasExpired() throws Exception {
        var keys = KeyStoreFile.create(folder.resolve("old.p12"), "-startdate", "-10d", "-validity", "5");
        Process program = program(
                Map.of(
                        "TIDINGS_PORT", "0",
                        "TIDINGS_TLS_KEYSTORE", keys.path().toString(),
                        "TIDINGS_TLS_PASSWORD", keys.password()),
                "-jar",
                JAR);
        try (var out = program.inputReader()) {
            assertThat(address(out.readLine())).hasScheme("https");
            assertThat(Files.readString(log)).containsPattern("WARNING .*old\\.p12 is valid from 20");
        } finally {
            kill(program);
        }
    }

    @Test
    void aWrongPasswordIsOneSentenceThatDoesNotTellIt() throws Exception {
        var keys = KeyStoreFile.create(folder.resolve("tidings.p12"));

        assertFails(
                Map.of("TIDINGS_TLS_KEYSTORE", keys.path().toString(), "TIDINGS_TLS_PASSWORD", "wrong-horse"),
                "Tidings cannot start: tidings.tls.password is '***' (allowed: the password of the key store and of"
                        + " its key).");
    }

    private void assertFails(Map<String, String> environment, String sentence) throws Exception {
        Process program = program(environment, "-jar", JAR);
        try (var out = program.inputReader()) {
            assertThat(out.lines()).isEmpty();
            assertThat(program.waitFor()).isEqualTo(1);
            assertThat(log).content().isEqualTo(sentence + "\n");
        } finally {
            kill(program);
        }
    }

    private Process program(Map<String, String> environment, String... arguments) throws IOException {
        // The words for how bad a message is are of the user's language.
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Duser.language=en"));
        command.addAll(List.of(arguments));
        log = folder.resolve("log.txt");
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** And its files are left alone then. */
    private static void kill(Process program) {
        program.destroyForcibly().onExit().join();
    }

    private static URI address(String line) {
        assertThat(line).startsWith(READY);
        return URI.create(line.substring(READY.length()));
    }
}
