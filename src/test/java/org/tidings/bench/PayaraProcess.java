package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidings.testkit.Ports;

/** Payara Micro with the settings that it comes with, but for its port, and alone: two would form a cluster. */
final class PayaraProcess {
    private static final String JAR = "target/payara-micro.jar";

    private PayaraProcess() {}

    static ServerProcess start(Children children, Deployment deployment, Path folder) throws IOException {
        int port = Ports.free();
        var command = new ArrayList<>(List.of(Java.tool("java")));
        command.addAll(deployment.properties());
        command.addAll(List.of("-jar", JAR, "--nocluster", "--port", Integer.toString(port)));
        command.addAll(List.of("--rootdir", FreshFolder.create(folder).toString()));
        command.addAll(
                List.of("--contextroot", "/", "--deploy", deployment.war().toString()));
        Process process = children.startAside("payara-" + deployment.name(), command, Map.of());
        return ServerProcess.ofWar(process, deployment.api(), port);
    }
}
