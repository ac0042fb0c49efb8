package org.tidings.arquillian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Open Liberty, for Arquillian, with the {@code server.xml} of {@code server-config}. WARs come and go in its folder
 * {@code dropins}; what it says on its console tells when it has noticed.
 */
final class LibertyContainer extends ProcessContainer {
    private static final String SERVER = "tidings";
    /** Messages of Liberty, the same in every language. */
    private static final String READY = "CWWKF0011I";

    private static final String STARTED = "CWWKZ0001I";
    private static final String FAILED = "CWWKZ0012I";
    private static final String STOPPED = "CWWKZ0009I";

    // Of the thread that reads the console, and of the tests'.
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private Process process;

    @Override
    public void start() throws LifecycleException {
        try {
            prepare();
            var command = new ProcessBuilder(
                            "sh", configuration().home().resolve("bin/server").toString(), "run", SERVER)
                    .redirectErrorStream(true);
            var environment = command.environment();
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("JVM_ARGS", configuration().javaVmArguments());
            environment.put("WLP_USER_DIR", configuration().folder().toString());
            environment.put("http_port", Integer.toString(configuration().port()));
            process = command.start();
            var reader = new Thread(this::read, "liberty-console");
            reader.setDaemon(true);
            reader.start();
            expect(READY);
        } catch (IOException | DeploymentException e) {
            throw new LifecycleException("Open Liberty cannot be started", e);
        }
    }

    /** Nothing is deployed at a start, whatever was when it stopped. */
    private void prepare() throws IOException {
        Files.createDirectories(dropIns());
        Files.copy(
                Path.of("server-config", "liberty", "server.xml"),
                server().resolve("server.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        try (var left = Files.newDirectoryStream(dropIns())) {
            for (Path war : left) {
                Files.delete(war);
            }
        }
    }

    private void read() {
        try (BufferedReader console = process.inputReader(StandardCharsets.UTF_8);
                var log =
                        new PrintWriter(Files.newBufferedWriter(configuration().log()), true)) {
            for (String line = console.readLine(); line != null; line = console.readLine()) {
                log.println(line);
                said.add(line);
            }
        } catch (IOException e) {
            said.add("The console cannot be read: " + e);
        }
    }

    /** Puts the WAR there in one step: Liberty would take half of it, too. */
    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path war = configuration().folder().resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(war.toFile());
        try {
            Files.move(war, dropIn(archive));
        } catch (IOException e) {
            throw new DeploymentException("The WAR cannot be put there", e);
        }
        expect(STARTED);
        return address(archive);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            Files.delete(dropIn(archive));
        } catch (IOException e) {
            throw new DeploymentException("The WAR cannot be taken away", e);
        }
        expect(STOPPED);
    }

    private Path server() {
        return configuration().folder().resolve("servers").resolve(SERVER);
    }

    private Path dropIns() {
        return server().resolve("dropins");
    }

    private Path dropIn(Archive<?> archive) {
        return dropIns().resolve(archive.getName());
    }

    @Override
    public void stop() throws LifecycleException {
        process.destroy(); // the script has become Java
        awaitEnd(process);
    }

    /** Waits until the message is said, behind all that was waited for before. */
    private void expect(String message) throws DeploymentException {
        try {
            String line = "";
            while (line != null && !line.contains(message) && !line.contains(FAILED)) {
                line = said.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
            }
            if (line == null || line.contains(FAILED)) {
                throw new DeploymentException("Open Liberty did not say " + message + "; "
                        + configuration().log() + " has what it said");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentException("The waiting was interrupted", e);
        }
    }
}
