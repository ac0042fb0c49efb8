package org.tidings.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.tidings.testkit.HubClient;

/** Payara or WildFly, for tests that stop it, or look into its process: the only one that the tests' has begun. */
public final class JakartaServer {
    private final Container<?> container;

    JakartaServer(Container<?> container) {
        this.container = container;
    }

    /** A client of {@code tidings.war}, whether it is deployed now or not. */
    public HubClient tidings() {
        return HubClient.of(URI.create("http://127.0.0.1:" + System.getProperty(Runtimes.HTTP_PORT) + "/tidings/"));
    }

    /** Where it has TLS, with a certificate of its own making. */
    public int securePort() {
        return Integer.parseInt(System.getProperty(Runtimes.HTTPS_PORT));
    }

    /** Stops it in good order; returns when the process has ended. */
    public void stop() throws LifecycleException {
        container.stop();
    }

    /** Starts it again. Nothing is deployed then. */
    public void start() throws LifecycleException {
        container.start();
    }

    /** The files that it has open and whose path has this in it. */
    public List<Path> openFiles(String part) throws IOException {
        var files = new ArrayList<Path>();
        try (Stream<Path> descriptors =
                Files.list(Path.of("/proc", Long.toString(process().pid()), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    Path file = Files.readSymbolicLink(descriptor);
                    if (file.toString().contains(part)) {
                        files.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // It was closed meanwhile.
                }
            }
        }
        return files;
    }

    /** How many class loaders have a class of this name, once garbage has been collected. */
    public long loadersOf(Class<?> type) throws IOException {
        jcmd("GC.run");
        return jcmd("VM.class_hierarchy", type.getName())
                .filter(line -> line.contains(type.getName() + '/'))
                .count();
    }

    /**
     * Has threads end that idle, as they do by themselves in time: each keeps what it served last. Nobody has a
     * connection then. WildFly's end soon without it, see {@code wildfly.yml}.
     */
    public void endIdleThreads() throws DeploymentException {
        if (container.getDeployableContainer() instanceof PayaraContainer payara) {
            payara.renewThreads();
        }
    }

    /** All that is reachable, in a file beside the server's log. */
    public Path dumpHeap() throws IOException {
        Path file = Path.of(System.getProperty(Runtimes.FOLDER), "heap.hprof");
        jcmd("GC.heap_dump", file.toString());
        return file;
    }

    /** What the JDK's diagnostic command says. */
    private Stream<String> jcmd(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(process().pid()));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes(), UTF_8).lines();
    }

    private ProcessHandle process() throws IOException {
        if (container.getDeployableContainer() instanceof PayaraServerContainer payara) {
            return payara.process();
        }
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no server runs"));
    }
}
