package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.hub.HubSettings;
import org.tidings.testkit.Folders;
import org.tidings.testkit.WildFly;
import org.w3c.dom.Document;

/** server-config/wildfly/tidings.cli, run by WildFly's own command line on a copy of its configuration. */
@Timeout(180)
class WildFlyConfigIT {
    /** Answers {@code {"outcome" => "success", "result" => 90000}}: what a listener does unless told otherwise. */
    private static final String WRITE_TIMEOUT = "/subsystem=undertow/server=default-server/http-listener=default"
            + ":read-attribute(name=write-timeout,include-defaults=true)\n";

    @TempDir
    private Path folder;

    @Test
    void theScriptSetsWhatItSaysAndNothingTheSecondTime() throws Exception {
        Path base = copyOfStandalone();
        Path configuration = base.resolve("configuration/standalone.xml");

        String said = run(base, WRITE_TIMEOUT);

        String once = Files.readString(configuration);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(configuration.toFile());
        assertThat(value(document, "//*[@category='io.undertow.request.io']/*/@name"))
                .isEqualTo("OFF");
        assertThat(value(document, "//*[local-name()='http-listener']/@send-buffer"))
                .isEqualTo("65536");
        assertThat(value(document, "//*[local-name()='https-listener']/@send-buffer"))
                .isEqualTo("65536");
        String heartbeat = value(document, "//*[@name='tidings.heartbeat']/@value");
        assertThat(heartbeat).isEqualTo(HubSettings.DEFAULTS.heartbeat().toSeconds() + "s");
        assertThat(Duration.ofMillis(Long.parseLong(said.replaceAll("(?s).*\"result\" => (\\d+).*", "$1"))))
                .isGreaterThan(HubSettings.DEFAULTS.heartbeat().multipliedBy(3));

        run(base, "");

        assertThat(Files.readString(configuration)).isEqualTo(once);
    }

    /** As the README has it for a server that does not run. Gives what the command line says. */
    private String run(Path base, String further) throws IOException {
        Path script = Files.writeString(
                folder.resolve("offline.cli"),
                "embed-server\n" + Files.readString(Path.of("server-config/wildfly/tidings.cli")) + further);
        return WildFly.cli("-Djboss.server.base.dir=" + base, "--file=" + script);
    }

    private static String value(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }

    private Path copyOfStandalone() throws IOException {
        Path to = folder.resolve("standalone");
        Folders.copy(WildFly.home().resolve("standalone"), to);
        return to;
    }
}
