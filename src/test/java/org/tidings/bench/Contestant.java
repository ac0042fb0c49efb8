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
    JERSEY("Jersey's broadcaster");

    private final String title;

    Contestant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean isRival() {
        return this == NCHAN_1 || this == NCHAN_2;
    }

    /** Starts it on a port that is free; secure is with TLS, and HTTP/2 where that is agreed on. */
    ServerProcess start(Children children, Certificate certificate, boolean secure) throws IOException {
        return switch (this) {
            case TIDINGS -> tidings(children, certificate, secure, Map.of("TIDINGS_LOG_ENGINE", "memory"));
            case TIDINGS_DISK ->
                tidings(
                        children,
                        certificate,
                        secure,
                        Map.of(
                                "TIDINGS_LOG_DIRECTORY",
                                LogFolder.create(certificate.folder()).toString()));
            case NCHAN_1 -> NchanProcess.start(children, certificate, 1, secure);
            case NCHAN_2 -> NchanProcess.start(children, certificate, 2, secure);
            case JERSEY -> ServerProcess.ofJava(children.start("jersey", jersey(), Map.of()), Api.JERSEY);
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
