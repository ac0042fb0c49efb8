package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the WAR, and what a Jakarta EE server has itself and must not find in it a second time. */
class WarContentIT {
    /** Files and folders, by path. */
    private static final List<String> FILES = new ArrayList<>();

    /** The classes of the jars in the WAR, by path. */
    private static final List<String> LIBRARY_CLASSES = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (var war = new ZipFile(Path.of("target/tidings.war").toFile())) {
            for (ZipEntry entry : war.stream().toList()) {
                FILES.add(entry.getName());
                if (entry.getName().endsWith(".jar")) {
                    readLibrary(war.getInputStream(entry));
                }
            }
        }
    }

    private static void readLibrary(InputStream jar) throws IOException {
        try (var entries = new ZipInputStream(jar)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                LIBRARY_CLASSES.add(entry.getName());
            }
        }
    }

    @Test
    void theServersOwnImplementationsAreNotInIt() {
        assertThat(LIBRARY_CLASSES)
                .isNotEmpty()
                .noneMatch(name -> name.matches(
                        "(org/glassfish|org/jboss|org/jvnet|org/eclipse|io/smallrye|jakarta|javax)/.*\\.class"));
    }

    @Test
    void theEmbeddedServerIsNotInIt() {
        assertThat(FILES).noneMatch(name -> name.startsWith("WEB-INF/classes/org/tidings/server"));
    }

    @Test
    void librariesAreTheMetricsAndTheLogOnly() {
        assertThat(FILES.stream().filter(name -> name.endsWith(".jar")))
                .allMatch(name -> name.matches(
                        "WEB-INF/lib/(sqlite-jdbc-|micrometer-|prometheus-metrics-|HdrHistogram-|jspecify-).*"));
    }

    @Test
    void tidingsIsInIt() {
        assertThat(FILES)
                .contains(
                        "WEB-INF/classes/META-INF/beans.xml",
                        "WEB-INF/classes/META-INF/services/jakarta.enterprise.inject.spi.Extension",
                        "WEB-INF/classes/org/tidings/api/Hub.class",
                        "WEB-INF/classes/org/tidings/rest/HubApplication.class",
                        "WEB-INF/classes/org/tidings/cdi/HubProducer.class",
                        "WEB-INF/classes/org/tidings/demo/DemoApplication.class");
    }

    @Test
    void theConsoleIsInItWithItsChartsAndTheirLicence() {
        assertThat(FILES)
                .contains("console.html", "console/main.js", "vendor/uplot/uPlot.esm.js", "vendor/uplot/LICENSE");
    }

    @Test
    void thePagesAreInIt() {
        assertThat(FILES).contains("index.html", "demo.css", "demo.js", "tidings.js");
    }
}
