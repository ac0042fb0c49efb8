package org.tidings.arquillian;

import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Payara Micro as a process that deploys and undeploys what it is told to on its standard input, one command a line,
 * and answers each with a line. It stops when that input ends. The only class of the tests in that process.
 */
public final class PayaraMicroMain {
    static final String DONE = "done";
    private static final String FAILED = "failed";

    private PayaraMicroMain() {}

    /** @param args the port, that for TLS, the folder for what the server writes, and the file with its settings */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // which is where the server logs to: the other is for the answers alone
        PayaraMicroRuntime server = PayaraMicro.getInstance()
                .setHttpPort(Integer.parseInt(args[0]))
                .setSslPort(Integer.parseInt(args[1]))
                .setRootDir(new File(args[2]))
                .setPreBootHandler(
                        asadmin -> settings(Path.of(args[3])).forEach(setting -> asadmin.run("set", setting)))
                .setNoCluster(true)
                .bootStrap();
        answers.println(DONE);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println(obey(server, command.split(" ")));
        }
        server.shutdown();
        System.exit(0);
    }

    /** Those of a file for {@code --prebootcommandfile}. */
    private static List<String> settings(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("set "))
                    .map(line -> line.substring("set ".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code deploy NAME CONTEXT-ROOT FILE}, {@code undeploy NAME} or {@code set NAME=VALUE}. */
    private static String obey(PayaraMicroRuntime server, String[] command) throws Exception {
        String name = command[1];
        return switch (command[0]) {
            case "set" -> set(server, name);
            case "undeploy" -> {
                server.undeploy(name);
                yield DONE;
            }
            default -> {
                server.deploy(name, command[2], new File(command[3])); // says yes to some that fail
                yield server.getDeployedApplicationNames().contains(name) ? DONE : FAILED;
            }
        };
    }

    private static String set(PayaraMicroRuntime server, String setting) throws Exception {
        for (Future<? extends ClusterCommandResult> answer :
                server.run("set", setting).values()) {
            if (answer.get().getExitStatus() != ClusterCommandResult.ExitStatus.SUCCESS) {
                return FAILED;
            }
        }
        return DONE;
    }
}
