package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.eventually;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.api.DisconnectReason;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BrowserWindow;
import org.tidings.testkit.BrowserWindow.RawEvent;
import org.tidings.testkit.TroublingProxy;
import org.tidings.testkit.TroublingProxy.Mode;

/** Two real browsers on the embedded server: what Tidings promises, seen from where it matters. */
class BrowserIT {
    private static final System.Logger LOG = System.getLogger(BrowserIT.class.getName());
    private static final String[] MISSED = {"Can you hear me?", "Apparently not.", "Then read it later."};

    @AutoClose
    private TidingsServer server;

    @AutoClose
    private TroublingProxy proxy;

    @AutoClose
    private BrowserWindow ada;

    /** Behind the proxy. */
    @AutoClose
    private BrowserWindow grace;

    @BeforeEach
    void open() throws IOException {
        server = start(0);
        proxy = new TroublingProxy(server.address().getPort());
        ada = new BrowserWindow(server.address());
        grace = new BrowserWindow(URI.create("http://127.0.0.1:" + proxy.port() + "/"));
        eventually(() -> assertThat(ada.state()).isEqualTo("open"));
        eventually(() -> assertThat(grace.state()).isEqualTo("open"));
    }

    @AfterEach
    void pageObeysItsOwnSecurityPolicy() {
        assertThat(grace.console()).noneMatch(line -> line.contains("Security Policy"));
    }

    @Test
    void otherWindowHearsOfLoginAndMessage() throws IOException {
        signInAndWrite("Good morning, <b>Grace</b>");

        eventually(() -> assertThat(grace.messages()).containsExactly("Good morning, <b>Grace</b>"));
        assertThat(grace.users()).containsExactly("Ada");
        assertThat(grace.count("#messages p *"))
                .as("elements that a message brought into the page")
                .isZero();
        eventually(() -> assertThat(ada.text("took")).matches("Heard \\d+ ms after you sent it\\."));
        LOG.log(Level.INFO, "From the click in one window to the other: " + (grace.heardAt() - ada.sentAt()) + " ms");
        ada.photograph("window-of-the-writer");
        grace.photograph("window-of-the-reader");
    }

    @Test
    void windowThatWasSwitchedOfflineGetsWhatItMissedOnceAndInOrder() throws IOException {
        signInAndWrite("Before");
        eventually(() -> assertThat(grace.messages()).containsExactly("Before"));

        grace.flipOffline();
        assertThat(grace.state()).isEqualTo("offline");
        writeMissed();
        assertThat(grace.messages()).containsExactly("Before");
        grace.flipOffline();

        hasCaughtUp();
        grace.photograph("window-that-caught-up");
    }

    @Test
    void windowThatLostTheServerGetsWhatItMissedOnceAndInOrder() throws IOException {
        signInAndWrite("Before");
        eventually(() -> assertThat(grace.messages()).containsExactly("Before"));

        proxy.cut(Mode.BAD_GATEWAY);
        eventually(() -> assertThat(grace.state()).isEqualTo("waiting"));
        writeMissed();
        assertThat(grace.messages()).containsExactly("Before");
        proxy.cut(Mode.PASS);

        hasCaughtUp();
    }

    @Test
    void windowWhoseStreamWasCutComesBackByItself() {
        signInAndWrite("Before");
        eventually(() -> assertThat(grace.messages()).containsExactly("Before"));
        String before = grace.connection();

        server.bean(EventHub.class).disconnect(before, DisconnectReason.CLOSED);
        writeMissed();

        eventually(() -> assertThat(grace.messages()).containsExactly("Before", MISSED[0], MISSED[1], MISSED[2]));
        assertThat(grace.connection()).isNotEqualTo(before);
    }

    @Test
    void windowIsToldWhenTheLogThatItReadIsGone() {
        signInAndWrite("Before");
        eventually(() -> assertThat(grace.messages()).containsExactly("Before"));

        server.close();
        server = start(server.address().getPort());

        eventually(() -> assertThat(grace.text("notice")).startsWith("Events may be missing ($gap: foreign)"));
        eventually(() -> assertThat(ada.state()).isEqualTo("open"));
        write(ada, "After");
        eventually(() -> assertThat(grace.messages()).containsExactly("Before", "After"));
    }

    @Test
    void jobRunsToItsEndAndItsTopicWithItOnTheStreamThatIsOpen() throws Exception {
        ada.startJob();

        eventually(() -> assertThat(ada.jobState()).isEqualTo("ended"));
        assertThat(ada.value("progress")).isEqualTo("100");
        assertThat(ada.rawTypes()).endsWith("job-progressed", "$end");
        assertThat(comeBack(ada.lastRaw())).as("the answer to who comes back").isEqualTo(204);
        assertThat(server.bean(EventHub.class).statistics().opened()).isEqualTo(2);
    }

    private static TidingsServer start(int port) {
        return TidingsServer.start(
                Map.of("tidings.port", Integer.toString(port), "tidings.reconnect", "1s", "tidings.drain", "1s"));
    }

    private void signInAndWrite(String text) {
        signIn(ada, "Ada");
        write(ada, text);
    }

    private void writeMissed() {
        for (String text : MISSED) {
            write(ada, text);
        }
    }

    private static void signIn(BrowserWindow window, String name) {
        window.signIn(name);
        eventually(() -> assertThat(window.users()).endsWith(name));
    }

    private static void write(BrowserWindow window, String text) {
        eventually(() -> assertThat(window.isReadyToWrite()).isTrue());
        window.write(text);
        eventually(() -> assertThat(window.messages()).endsWith(text));
    }

    /** What a browser does whose stream has ended: the status that it gets. */
    private int comeBack(RawEvent end) throws IOException, InterruptedException {
        String topic = end.data().replaceAll(".*\"(demo/jobs/[^\"]+)\".*", "$1");
        var request = HttpRequest.newBuilder(server.address().resolve("hub/events?topic=" + topic))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", end.id())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void hasCaughtUp() {
        eventually(() -> assertThat(grace.caughtUpMessages()).containsExactly(MISSED));
        assertThat(grace.messages()).containsExactly("Before", MISSED[0], MISSED[1], MISSED[2]);
        assertThat(grace.text("notice")).isEqualTo("Caught up: 3 messages came now, each once and in order.");
    }
}
