package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.eventually;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BrowserWindow;

/**
 * The demo's page for everybody: with the keyboard alone, by ear, on a small phone, in the dark, without motion, in
 * several tabs.
 */
@Timeout(120)
class DemoPageIT {
    @AutoClose
    private TidingsServer server;

    @AutoClose
    private BrowserWindow page;

    @AfterEach
    void itObeysItsOwnSecurityPolicy() {
        assertThat(page.console()).noneMatch(line -> line.contains("Security Policy"));
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        open(Map.of());

        goTo("offline");
        page.press(Keys.SPACE);
        eventually(() -> assertThat(page.state()).isEqualTo("offline"));
        page.press(Keys.SPACE);
        eventually(() -> assertThat(page.state()).isEqualTo("open"));

        goTo("name");
        page.press("Ada", Keys.ENTER);
        eventually(() -> assertThat(page.focused()).isEqualTo("text"));
        page.press("Good morning", Keys.ENTER);
        eventually(() -> assertThat(page.messages()).containsExactly("Good morning"));
        assertThat(page.focused()).isEqualTo("text");

        goTo("start");
        page.press(Keys.SPACE);
        eventually(() -> assertThat(page.jobState()).isIn("running", "ended"));
        assertThat(page.focused())
                .as("what has the focus after its button was pressed")
                .isEqualTo("start");
    }

    /** A screen reader says what a live region gets; a history of fifty messages it had better not. */
    @Test
    void newsAreSaidAndHistoryIsNot() {
        open(Map.of());
        signIn("Ada");
        write("Good morning");
        assertThat(page.count("[role=log][aria-live=polite] > #messages")).isEqualTo(1);

        page.openTab(server.address());

        eventually(() -> assertThat(page.messages()).containsExactly("Good morning"));
        assertThat(page.count("[role=log][aria-live=off] > #messages")).isEqualTo(1);
        assertThat(page.count("[role=status]#state, [role=status]#notice, [role=status]#job"))
                .isEqualTo(3);
    }

    @Test
    void aSmallPhoneShowsEverythingWithoutScrollingSideways() {
        open(Map.of());
        page.resize(320, 568, "light", "no-preference");

        signIn("W".repeat(40));
        write("W".repeat(500));
        page.startJob();
        eventually(() -> assertThat(page.jobState()).isEqualTo("ended"));

        assertThat(page.overflow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyStateIsLegible(String scheme) {
        open(Map.of());
        page.resize(1280, 800, scheme, "reduce");
        assertThat(page.faint()).as("when nothing has happened").isEmpty();

        page.flipOffline();
        assertThat(page.faint()).as("when it is offline").isEmpty();

        signIn("Ada");
        page.flipOffline();
        eventually(() -> assertThat(page.text("notice")).startsWith("Caught up: 1 login"));
        assertThat(page.faint()).as("when it has caught up").isEmpty();

        server.close();
        eventually(() -> assertThat(page.state()).isEqualTo("waiting"));
        page.write("Is anybody there?");
        eventually(() -> assertThat(page.text("write-error")).isEqualTo("The server cannot be reached."));
        assertThat(page.faint()).as("when the server is gone").isEmpty();
    }

    @Test
    void whatArrivesMovesOnlyWhereSomebodyLikesIt() {
        open(Map.of());
        signIn("Ada");
        write("Good morning");
        assertThat(page.style("#messages > *", "animation-name")).isEqualTo("arrive");

        page.resize(1280, 800, "light", "reduce");

        assertThat(page.style("#messages > *", "animation-name")).isEqualTo("none");
    }

    @Test
    void tabsShareOneStreamAndOneThatIsOfflineTakesNothingFromTheOther() {
        open(Map.of());
        signIn("Ada");
        page.openTab(server.address());
        eventually(() -> assertThat(page.text("tabs")).isEqualTo("One stream, shared by 2 tabs"));
        assertThat(server.bean(EventHub.class).statistics().connections()).isEqualTo(1);
        page.flipOffline();

        page.switchTo(0);
        eventually(() -> assertThat(page.text("tabs")).isEqualTo("One stream, for this tab"));
        write("Can you hear me?");

        page.switchTo(1);
        assertThat(page.messages()).isEmpty();
        page.flipOffline();
        eventually(() -> assertThat(page.caughtUpMessages()).containsExactly("Can you hear me?"));
        assertThat(page.text("notice")).isEqualTo("Caught up: 1 message came now, each once and in order.");
        assertThat(server.bean(EventHub.class).statistics().opened()).isEqualTo(1);
    }

    @Test
    void whereTheDemoIsOffThePageSaysSo() {
        open(Map.of("tidings.demo", "off"));

        eventually(() -> assertThat(page.text("off"))
                .isEqualTo("Nothing can be fired from here: the demo is off on this server; tidings.demo=on switches"
                        + " it on."));
        assertThat(page.isDisplayed("sign-in")).isFalse();
    }

    @Test
    void itIsOneScreenAndFitsEveryWindow() throws IOException {
        open(Map.of());
        try (var ada = new BrowserWindow(server.address())) {
            eventually(() -> assertThat(ada.state()).isEqualTo("open"));
            signIn(ada, "Ada");
            write(ada, "Good morning, everybody.");
            signIn("Grace");
            write("Good morning, Ada. I go offline for a moment: let us see what happens then.");
            page.openTab(server.address());
            page.switchTo(0);
            page.flipOffline();
            for (String text : new String[] {"Can you hear me?", "Apparently not.", "Then read it later."}) {
                write(ada, text);
            }
            signIn(ada, "Linus");
        }
        page.flipOffline();
        eventually(() -> assertThat(page.caughtUpMessages()).hasSize(3));
        page.startJob();
        eventually(() -> assertThat(Integer.parseInt(page.value("progress"))).isGreaterThan(40));

        Screenshots.take(page, "index");

        page.resize(1280, 800, "light", "reduce");
        assertThat(page.height())
                .as("height of the page in a window of 1280 x 800")
                .isEqualTo(800);
    }

    private void open(Map<String, String> settings) {
        server = TidingsServer.start(with(settings));
        page = new BrowserWindow(server.address());
        eventually(() -> assertThat(page.state()).isEqualTo("open"));
    }

    private static Map<String, String> with(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putAll(Map.of("tidings.port", "0", "tidings.reconnect", "1s", "tidings.drain", "1s"));
        return all;
    }

    /** And it is seen where one is. */
    private void goTo(String id) {
        page.tabTo(id);
        assertThat(page.style(":focus", "outline-style"))
                .as("the outline of #" + id)
                .isEqualTo("solid");
    }

    private void signIn(String name) {
        signIn(page, name);
    }

    private void write(String text) {
        write(page, text);
    }

    private static void signIn(BrowserWindow window, String name) {
        window.signIn(name);
        eventually(() -> assertThat(window.text("from")).isEqualTo("from " + name));
    }

    private static void write(BrowserWindow window, String text) {
        eventually(() -> assertThat(window.isReadyToWrite()).isTrue());
        window.write(text);
        eventually(() -> assertThat(window.messages()).endsWith(text));
    }
}
