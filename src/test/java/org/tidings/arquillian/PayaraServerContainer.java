package org.tidings.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.tidings.testkit.Folders;
import org.tidings.testkit.Ports;

/**
 * Payara Server, for Arquillian: its domain, led with {@code asadmin} as operators do, and set up with the commands of
 * {@code server-config/payara/README.md}. What tests deploy goes to it as {@code asadmin} sends it, but without a JVM
 * for each command.
 */
final class PayaraServerContainer extends PayaraContainer {
    private static final String DOMAIN = "domain1";
    private static final String SCRIPT = "server-config/payara/tidings.asadmin";

    private static final String HTTP_PORT = "8080";
    private static final String HTTPS_PORT = "8181";
    private static final String ADMINISTRATION_PORT = "4848";

    /** What the domain listens on besides; two of one machine must not have them in common. */
    private static final List<String> OTHER_PORTS = List.of("3700", "3820", "3920", "6666", "7676", "8686", "9009");

    /** What a command's parameter is called that has no name on the command line. */
    private static final String OPERAND = "DEFAULT";

    private final HttpClient client = HttpClient.newHttpClient();
    private int administration;
    private int deployments;

    PayaraServerContainer() {
        super("http-listener-1", "http-listener-2");
    }

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

    /** A copy of the one that the server comes with, but for its ports. */
    private void create() throws IOException {
        Folders.copy(configuration().home().resolve("glassfish/domains").resolve(DOMAIN), domain());
        Iterator<Integer> free = Ports.free(OTHER_PORTS.size() + 1).iterator();
        administration = free.next();
        var ports = new HashMap<String, Integer>();
        ports.put(HTTP_PORT, configuration().port());
        ports.put(HTTPS_PORT, configuration().securePort());
        ports.put(ADMINISTRATION_PORT, administration);
        OTHER_PORTS.forEach(port -> ports.put(port, free.next()));
        Path file = domain().resolve("config/domain.xml");
        String changed = Pattern.compile("\\b(" + String.join("|", ports.keySet()) + ")\\b")
                .matcher(Files.readString(file))
                .replaceAll(port -> ports.get(port.group()).toString());
        Files.writeString(file, changed);
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
        tell("deploy", Map.of(OPERAND, war.toString(), "name", name(), "contextroot", root(archive)));
        return address(archive);
    }

    /** There is one at a time. */
    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        tell("undeploy", Map.of(OPERAND, name()));
    }

    private String name() {
        return "war" + deployments;
    }

    @Override
    void set(String setting) throws DeploymentException {
        tell("set", Map.of(OPERAND, setting));
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

    private void tell(String command, Map<String, String> parameters) throws DeploymentException {
        var query = new StringJoiner("&");
        parameters.forEach((name, value) -> query.add(name + '=' + URLEncoder.encode(value, UTF_8)));
        URI uri = URI.create("http://127.0.0.1:" + administration + "/__asadmin/" + command + '?' + query);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-Requested-By", "tidings")
                .header("Accept", "text/plain")
                .build();
        try {
            String answer = client.send(request, BodyHandlers.ofString()).body();
            if (!answer.startsWith("PlainTextActionReporterSUCCESS")) {
                throw new DeploymentException(command + ' ' + query + ": " + answer);
            }
        } catch (IOException e) {
            throw new DeploymentException(command + ' ' + query, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentException(command + ' ' + query, e);
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
