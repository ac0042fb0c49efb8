package org.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidings.testkit.Folders;
import org.tidings.testkit.Ports;
import org.tidings.testkit.WildFly;

/**
 * WildFly as its own script starts it, on files of its own, with the settings that it comes with, but for its ports.
 */
final class WildFlyProcess {
    private WildFlyProcess() {}

    static ServerProcess start(Children children, Deployment deployment, Path folder) throws IOException {
        Path home = WildFly.home();
        Path base = FreshFolder.create(folder);
        Folders.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        Path deployments = Files.createDirectory(base.resolve("deployments"));
        Files.copy(deployment.war(), deployments.resolve("ROOT.war"));
        int port = Ports.free();
        var command = new ArrayList<>(List.of(home.resolve("bin/standalone.sh").toString()));
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.http.port=" + port);
        // Any that are free, for nobody asks there.
        command.addAll(
                List.of("-Djboss.https.port=0", "-Djboss.management.http.port=0", "-Djboss.management.https.port=0"));
        command.addAll(deployment.properties());
        // In the background of its script, which then hands on that it is to end.
        var environment = Map.of("LAUNCH_JBOSS_IN_BACKGROUND", "true", "JAVA_HOME", System.getProperty("java.home"));
        Process script = children.startAside("wildfly-" + deployment.name(), command, environment);
        return ServerProcess.ofWar(script, deployment.api(), port);
    }
}
