package org.tidings.arquillian;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Payara Micro as a process that deploys and undeploys what it is told to on its standard input, one command a line,
 * and answers each with a line. It stops when that input ends. The only class of the tests in that process.
 */
public final class PayaraMicroMain {
    static final String DONE = "done";

    private PayaraMicroMain() {}

    /** @param args the port, and the folder for what the server writes */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // which is where the server logs to: the other is for the answers alone
        PayaraMicroRuntime server = PayaraMicro.getInstance()
                .setHttpPort(Integer.parseInt(args[0]))
                .setRootDir(new File(args[1]))
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

    /** Either {@code deploy NAME CONTEXT-ROOT FILE} or {@code undeploy NAME}. */
    private static String obey(PayaraMicroRuntime server, String[] command) {
        String name = command[1];
        if (command[0].equals("undeploy")) {
            server.undeploy(name);
            return DONE;
        }
        server.deploy(name, command[2], new File(command[3])); // says yes to some that fail
        return server.getDeployedApplicationNames().contains(name) ? DONE : "failed";
    }
}
