package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BrowserWindow;
import org.tidings.testkit.KeyStoreFile;

/** A real browser that speaks HTTP/2 with the embedded server. */
@Timeout(120)
class TlsBrowserIT {
    @Test
    void itsPageHearsWhatItSends(@TempDir Path folder) throws Exception {
        var keys = KeyStoreFile.create(folder.resolve("tidings.p12"));
        try (var server = TidingsServer.start(keys.settings());
                var ada = BrowserWindow.open(server.address(), "--ignore-certificate-errors")) {
            assertThat(ada.protocol()).isEqualTo("h2");
            eventually(() -> assertThat(ada.state()).isEqualTo("open"));

            ada.signIn("Ada");
            eventually(() -> assertThat(ada.isReadyToWrite()).isTrue());
            ada.write("Good morning");

            eventually(() -> assertThat(ada.messages()).containsExactly("Good morning"));
        }
    }

    private static void eventually(ThrowingRunnable check) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(check);
    }
}
