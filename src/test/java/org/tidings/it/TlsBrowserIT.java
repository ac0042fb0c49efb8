package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.eventually;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.api.Hub;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BrowserTabs;
import org.tidings.testkit.BrowserWindow;
import org.tidings.testkit.CountingProxy;
import org.tidings.testkit.KeyStoreFile;

/** A real browser that speaks HTTP/2 with the embedded server. */
@Timeout(120)
class TlsBrowserIT {
    @Test
    void itsPageHearsWhatItSends(@TempDir Path folder) throws Exception {
        var keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
        try (var server = TidingsServer.start(keys.settings());
                var ada = new BrowserWindow(server.address(), "--ignore-certificate-errors")) {
            assertThat(ada.protocol()).isEqualTo("h2");
            eventually(() -> assertThat(ada.state()).isEqualTo("open"));

            ada.signIn("Ada");
            eventually(() -> assertThat(ada.isReadyToWrite()).isTrue());
            ada.write("Good morning");

            eventually(() -> assertThat(ada.messages()).containsExactly("Good morning"));
        }
    }

    /** What HTTP/1.1 cannot do: see {@link TidingsJsIT}. */
    @Test
    void twoHundredEventSourcesHaveOneConnection(@TempDir Path folder) throws Exception {
        var keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
        try (var server = TidingsServer.start(keys.settings());
                var proxy = new CountingProxy(server.address().getPort());
                var tabs = new BrowserTabs(
                        URI.create("https://127.0.0.1:" + proxy.port() + "/"), "--ignore-certificate-errors")) {
            tabs.open(1);
            int before = proxy.connections();
            tabs.run(0, """
                    window.heard = [];
                    window.sources = Array.from({length: 200}, (_, i) => {
                      const source = new EventSource(`hub/events?topic=t/${i}`);
                      source.onmessage = ({data}) => heard.push(data);
                      return source;
                    });
                    """);
            var statistics = server.bean(EventHub.class).statistics();
            eventually(() -> assertThat(statistics.connections()).isEqualTo(200));
            for (int i = 0; i < 200; i++) {
                server.bean(Hub.class).publish("t/" + i, Integer.toString(i));
            }

            eventually(() -> assertThat(tabs.heard(0)).hasSize(200).doesNotHaveDuplicates());
            assertThat(tabs.promise(0, "return (await fetch('favicon.svg', {cache: 'no-store'})).status"))
                    .isEqualTo(200L);
            assertThat(proxy.connections()).as("connections").isEqualTo(before);
        }
    }
}
