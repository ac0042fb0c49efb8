package org.tidings.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is measured. */
enum Contestant {
    TIDINGS("tidings, in memory"),
    TIDINGS_DISK("tidings, on disk"),
    NCHAN_1("nchan, 1 worker"),
    NCHAN_2("nchan, 2 workers"),
    JERSEY("Jersey's broadcaster"),
    TIDINGS_ON_PAYARA("tidings.war, in memory"),
    TIDINGS_ON_PAYARA_DISK("tidings.war, on disk"),
    PAYARA("Payara's broadcaster"),
    TIDINGS_ON_WILDFLY("tidings.war, in memory"),
    TIDINGS_ON_WILDFLY_DISK("tidings.war, on disk"),
    WILDFLY("WildFly's broadcaster");

    private static final String IN_MEMORY = "-Dtidings.log.engine=memory";

    private final String title;

    Contestant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Starts it on a port that is free; secure is with TLS, and HTTP/2 where that is agreed on. */
    ServerProcess start(Children children, Certificate certificate, boolean secure) throws IOException {
        Path folder = certificate.folder();
        return switch (this) {
            case TIDINGS -> tidings(children, certificate, secure, Map.of("TIDINGS_LOG_ENGINE", "memory"));
            case TIDINGS_DISK ->
                tidings(
                        children,
                        certificate,
                        secure,
                        Map.of(
                                "TIDINGS_LOG_DIRECTORY",
                                FreshFolder.create(folder).toString()));
            case NCHAN_1 -> NchanProcess.start(children, certificate, 1, secure);
            case NCHAN_2 -> NchanProcess.start(children, certificate, 2, secure);
            case JERSEY -> ServerProcess.ofJava(children.start("jersey", jersey(), Map.of()), Api.BROADCASTER);
            case TIDINGS_ON_PAYARA -> PayaraProcess.start(children, Deployment.tidings(IN_MEMORY), folder);
            case TIDINGS_ON_PAYARA_DISK -> PayaraProcess.start(children, Deployment.tidings(onDisk(folder)), folder);
            case PAYARA -> PayaraProcess.start(children, Deployment.broadcaster(folder), folder);
            case TIDINGS_ON_WILDFLY -> WildFlyProcess.start(children, Deployment.tidings(IN_MEMORY), folder);
            case TIDINGS_ON_WILDFLY_DISK -> WildFlyProcess.start(children, Deployment.tidings(onDisk(folder)), folder);
            case WILDFLY -> WildFlyProcess.start(children, Deployment.broadcaster(folder), folder);
        };
    }

    /** With the script that everybody starts it with, so the flags are the same. */
    private static ServerProcess tidings(
            Children children, Certificate certificate, boolean secure, Map<String, String> log) throws IOException {
        var environment = new HashMap<>(log);
        environment.put("TIDINGS_PORT", "0");
        if (secure) {
            environment.put("TIDINGS_TLS_KEYSTORE", certificate.keystore().toString());
            environment.put("TIDINGS_TLS_PASSWORD", Certificate.PASSWORD);
        }
        return ServerProcess.ofJava(children.start("tidings", List.of("./run"), environment), Api.TIDINGS);
    }

    private static String onDisk(Path folder) throws IOException {
        return "-Dtidings.log.directory=" + FreshFolder.create(folder);
    }

    /** Without Weld, which is there for Tidings and wants beans. */
    private static List<String> jersey() throws IOException {
        try (var jars = Files.list(Path.of("target/embedded/lib"))) {
            String libraries = jars.map(Path::toString)
                    .filter(jar -> !jar.contains("weld") && !jar.contains("jersey-cdi"))
                    .collect(Collectors.joining(File.pathSeparator));
            return List.of(
                    "java",
                    "-cp",
                    "target/test-classes" + File.pathSeparator + libraries,
                    JerseyBaseline.class.getName());
        }
    }
}
