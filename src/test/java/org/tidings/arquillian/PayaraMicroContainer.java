package org.tidings.arquillian;

import fish.payara.micro.PayaraMicro;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Payara Micro, for Arquillian: one process for all deployments. Payara's own adapter starts one for each, which takes
 * long, and in which nothing is ever undeployed.
 */
final class PayaraMicroContainer extends PayaraContainer {
    private static final File BOOT_FILE = new File("server-config/payara/tidings-boot.txt");

    /** What the server's jar asks of the virtual machine. */
    private static final List<String> WISHES = List.of("Add-Exports", "Add-Opens");

    private Process process;
    private PrintWriter commands;
    private BufferedReader answers;
    private int deployments;

    PayaraMicroContainer() {
        super("http-listener", "https-listener");
    }

    @Override
    public void start() throws LifecycleException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(configuration().javaVmArguments().split(" ")));
        try {
            command.addAll(List.of("-jar", launcher().toString()));
            command.addAll(List.of(
                    Integer.toString(configuration().port()),
                    Integer.toString(configuration().securePort())));
            command.addAll(List.of(configuration().folder().toString(), BOOT_FILE.getAbsolutePath()));
            process = new ProcessBuilder(command)
                    .redirectError(configuration().log().toFile())
                    .start();
            commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            answers = process.inputReader(StandardCharsets.UTF_8);
            expectDone();
            endConnection();
        } catch (IOException e) {
            throw new LifecycleException("Payara Micro cannot be started", e);
        }
    }

    /**
     * The first that it ends: then it makes the exceptions that connections are closed with ever after, and if that was
     * while an application closed one, they would keep its class loader.
     */
    private void endConnection() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), configuration().port())) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    /**
     * A jar that has the server's on its class path: the tests' classes must not be there, for applications to find.
     */
    private File launcher() throws IOException {
        var server = new File(PayaraMicro.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, PayaraMicroMain.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, server.toURI().toString());
        try (var jar = new JarFile(server)) {
            Attributes wished = jar.getManifest().getMainAttributes();
            WISHES.forEach(wish -> attributes.putValue(wish, wished.getValue(wish)));
        }
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        File launcher = configuration().folder().resolve("launcher.jar").toFile();
        ShrinkWrap.create(JavaArchive.class)
                .addClass(PayaraMicroMain.class)
                .setManifest(new ByteArrayAsset(bytes.toByteArray()))
                .as(ZipExporter.class)
                .exportTo(launcher, true); // it is started again, perhaps
        return launcher;
    }

    /** Each time under another name: what is in jars of a WAR, the server remembers from the last one of that name. */
    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        deployments++;
        File war = configuration().folder().resolve(deployments + ".war").toFile();
        archive.as(ZipExporter.class).exportTo(war);
        war.deleteOnExit(); // there will be many, and each is large
        tell("deploy " + deployments + ' ' + root(archive) + ' ' + war);
        return address(archive);
    }

    /** There is one at a time. */
    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        tell("undeploy " + deployments);
    }

    @Override
    void set(String setting) throws DeploymentException {
        tell("set " + setting);
    }

    @Override
    public void stop() throws LifecycleException {
        commands.close();
        awaitEnd(process);
    }

    private void tell(String command) throws DeploymentException {
        commands.println(command);
        try {
            expectDone();
        } catch (IOException e) {
            throw new DeploymentException(command, e);
        }
    }

    private void expectDone() throws IOException {
        var answer = CompletableFuture.supplyAsync(this::answer)
                .completeOnTimeout("nothing", PATIENCE_MINUTES, TimeUnit.MINUTES)
                .join();
        if (!PayaraMicroMain.DONE.equals(answer)) {
            throw new IOException("Payara Micro answered " + answer + "; it says more in "
                    + configuration().log());
        }
    }

    /** The next; {@code null} if the process has ended. */
    private String answer() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
