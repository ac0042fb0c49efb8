package org.tidings.arquillian;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.tidings.testkit.Ports;

/**
 * Payara Server, for Arquillian: a domain of its own, led with {@code asadmin} as operators do, and set up with the
 * commands of {@code server-config/payara/README.md}.
 */
final class PayaraServerContainer extends ProcessContainer {
    private static final String DOMAIN = "tidings";
    private static final String SCRIPT = "server-config/payara/tidings.asadmin";
    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1";

    /**
     * What a domain listens on besides HTTP and its administration; two of one machine must not have them in common.
     */
    private static final List<String> OTHER_PORTS = List.of(
            "java.debugger.port",
            "jms.port",
            "domain.jmxPort",
            "orb.listener.port",
            "orb.ssl.port",
            "orb.mutualauth.port",
            "osgi.shell.telnet.port");

    private int administration;
    private int deployments;

    @Override
    public void start() throws LifecycleException {
        try {
            if (Files.exists(domain())) {
                lead("start-domain");
            } else {
                create();
            }
        } catch (IOException e) {
            throw new LifecycleException("Payara Server cannot be started", e);
        }
    }

    private void create() throws IOException {
        Iterator<Integer> free = Ports.free(OTHER_PORTS.size() + 1).iterator();
        administration = free.next();
        String others =
                OTHER_PORTS.stream().map(port -> port + '=' + free.next()).collect(Collectors.joining(":"));
        lead(
                "create-domain",
                "--nopassword",
                "--adminport",
                Integer.toString(administration),
                "--instanceport",
                Integer.toString(configuration().port()),
                "--domainproperties",
                "http.ssl.port=" + configuration().securePort() + ':' + others);
        lead("start-domain");
        asadmin("create-system-properties", systemProperties());
        asadmin("multimode", "--file", SCRIPT); // deploys the WAR, too
        asadmin("undeploy", "tidings");
        lead("restart-domain");
    }

    private String systemProperties() {
        return Stream.of(configuration().javaVmArguments().split(" "))
                .map(argument -> argument.substring("-D".length()))
                .collect(Collectors.joining(":"));
    }

    /** Each time under another name: what is in jars of a WAR, the server remembers from the last one of that name. */
    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        deployments++;
        File war = configuration().folder().resolve(deployments + ".war").toFile();
        archive.as(ZipExporter.class).exportTo(war);
        war.deleteOnExit(); // there will be many, and each is large
        tell("deploy", "--name", name(), "--contextroot", root(archive), war.toString());
        return address(archive);
    }

    /** There is one at a time. */
    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        tell("undeploy", name());
    }

    private String name() {
        return "war" + deployments;
    }

    /** The listener has threads of its own from when it begins until it ends; its connections end with it. */
    void renewThreads() throws DeploymentException {
        tell("set", LISTENER + ".enabled=false");
        tell("set", LISTENER + ".enabled=true");
    }

    /** The server's. */
    ProcessHandle process() throws IOException {
        String pid = Files.readString(domain().resolve("config/pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> new IOException("it has ended"));
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            lead("stop-domain");
        } catch (IOException e) {
            throw new LifecycleException("Payara Server cannot be stopped", e);
        }
    }

    private Path domain() {
        return configuration().folder().resolve(DOMAIN);
    }

    private void tell(String... command) throws DeploymentException {
        try {
            asadmin(command);
        } catch (IOException e) {
            throw new DeploymentException(String.join(" ", command), e);
        }
    }

    /** A command about the domain as a whole. */
    private void lead(String command, String... options) throws IOException {
        var words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--domaindir", configuration().folder().toString()));
        words.addAll(List.of(options));
        words.add(DOMAIN);
        asadmin(words.toArray(String[]::new));
    }

    /** Its output is the log's: what it starts would keep a pipe open. */
    private void asadmin(String... command) throws IOException {
        var words = new ArrayList<String>();
        words.addAll(List.of("sh", configuration().home().resolve("bin/asadmin").toString()));
        words.addAll(List.of("--interactive=false", "--user", "admin", "--port", Integer.toString(administration)));
        words.addAll(List.of(command));
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(configuration().log().toFile()));
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("asadmin " + String.join(" ", command) + " failed; it says why in "
                    + configuration().log());
        }
    }
}
