package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.Hub;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.BrowserTabs;
import org.tidings.testkit.TroublingProxy;
import org.tidings.testkit.TroublingProxy.Mode;

/** tidings.js in a real browser, by HTTP/1.1: every handler hears every event once, in order, whatever happens. */
@Timeout(300)
class TidingsJsIT {
    /** Options of {@code connect}: where the stream is. */
    private static final String WORKER = "{}";

    private static final String LEADER = "{worker: false}";

    @TempDir
    private Path folder;

    @AutoClose
    private TidingsServer server;

    @AutoClose
    private TroublingProxy proxy;

    @AutoClose
    private BrowserTabs tabs;

    private final List<String> published = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = start(0);
        proxy = new TroublingProxy(server.address().getPort());
        tabs = new BrowserTabs(URI.create("http://127.0.0.1:" + proxy.port() + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, LEADER})
    void twentyTabsHearEverythingThroughOneStreamAndTheRestOfThePageGoesOn(String options) {
        connect(20, options);

        publish(100);

        allHear();
        eventually(() -> assertThat(streams()).isEqualTo(1));
        assertThat(tabs.promise(19, "return (await fetch('favicon.svg', {cache: 'no-store'})).status"))
                .isEqualTo(200L);
    }

    /** What it is for. A browser has six connections for each server, whatever the number of tabs. */
    @Test
    void theSeventhEventSourceHangsAndEveryRequestWithIt() {
        tabs.open(7);
        for (int tab = 0; tab < 7; tab++) {
            tabs.run(tab, "window.source = new EventSource('hub/events?topic=a')");
        }
        eventually(() -> assertThat(streams()).isEqualTo(6));
        tabs.run(6, "fetch('favicon.svg', {cache: 'no-store'}).then(answer => window.answered = answer.status)");

        assertThat(tabs.run(6, "return source.readyState")).as("connecting").isEqualTo(0L);
        tabs.run(0, "source.close()");
        tabs.run(1, "source.close()");
        eventually(() -> assertThat(tabs.run(6, "return source.readyState")).isEqualTo(1L));
        eventually(() -> assertThat(tabs.run(6, "return window.answered")).isEqualTo(200L));
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, LEADER})
    void aTabThatIsClosedTakesNothingFromTheOthers(String options) {
        connect(4, options);
        for (int i = 0; i < 3; i++) { // of which each has the stream, if a tab has it
            publish(10);
            tabs.close(0);
            publish(10);
            allHear();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, LEADER})
    void aTabWhoseProcessIsKilledTakesNothingFromTheOthers(String options) {
        connect(4, options);
        for (int i = 0; i < 3; i++) {
            publish(10);
            tabs.kill(0);
            publish(10);
            allHear();
        }
    }

    /** The browser runs it in the process of the tab that started it. */
    @Test
    void aSharedWorkerThatDiesWithATabIsReplaced() {
        connect(4, WORKER);
        publish(10);
        List<String> before = tabs.sharedWorkers();
        assertThat(before).hasSize(1);

        tabs.kill(0);
        publish(10);
        allHear();

        assertThat(tabs.sharedWorkers()).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, LEADER})
    void aTabThatIsFrozenTakesNothingFromTheOthersAndHearsWhatItMissed(String options) {
        connect(3, options);
        publish(10);
        allHear();

        tabs.freeze(0, true);
        publish(300);
        hear(1);
        hear(2);
        tabs.freeze(0, false);

        publish(10);
        allHear();
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, LEADER})
    void aServerThatStopsAndStartsIsSurvived(String options) {
        connect(3, options);
        publish(10);
        allHear();

        server.close();
        eventually(() -> assertThat(tabs.state(1)).isEqualTo("waiting"));
        server = start(server.address().getPort());
        publish(10);

        allHear();
    }

    @Test
    void aProxyThatCutsIsSurvived() throws Exception {
        connect(3, WORKER);
        for (int i = 0; i < 3; i++) {
            publish(10);
            proxy.cut(Mode.PASS);
            publish(10);
            allHear();
        }
    }

    @Test
    void aProxyThatCannotReachTheServerIsSurvived() throws Exception {
        connect(3, WORKER);
        publish(10);
        allHear();

        proxy.cut(Mode.BAD_GATEWAY);
        eventually(() -> assertThat(tabs.state(1)).isEqualTo("waiting"));
        publish(10);
        proxy.cut(Mode.PASS);

        allHear();
    }

    @Test
    void behindAProxyThatHoldsStreamsBackEventsArriveByPolling() throws Exception {
        connect(3, WORKER);
        publish(10);
        allHear();

        proxy.cut(Mode.BUFFER);
        publish(10);
        allHear();
        publish(10);
        allHear();

        assertThat(tabs.run(0, "return transport")).isEqualTo("polling");
    }

    /** Each tab has a topic of its own and one that all have. */
    @Test
    void topicsOfAllTabsAreOnOneStream() {
        connect(3, WORKER);
        for (int tab = 0; tab < 3; tab++) {
            tabs.run(tab, "window.own = []; tidings.subscribe('own/%d', ({data}) => own.push(data))".formatted(tab));
        }
        publish(10);
        allHear();

        for (int tab = 0; tab < 3; tab++) {
            String topic = "own/" + tab;
            int number = tab;
            var sent = new ArrayList<String>();
            // Again and again: the first may be too early.
            eventually(() -> {
                sent.add(topic + " " + sent.size());
                hub().publish(topic, sent.get(sent.size() - 1));
                assertThat(own(number)).isNotEmpty();
            });
            eventually(() -> assertThat(own(number)).endsWith(sent.get(sent.size() - 1)));
            List<String> own = own(number);
            assertThat(own).as("each once").isEqualTo(sent.subList(sent.size() - own.size(), sent.size()));
        }
        assertThat(streams()).isEqualTo(1);
    }

    @SuppressWarnings("unchecked") // a list of texts is what the script returns
    private List<String> own(int tab) {
        return (List<String>) tabs.run(tab, "return own");
    }

    private TidingsServer start(int port) {
        return TidingsServer.start(Map.of(
                "tidings.port", Integer.toString(port),
                "tidings.reconnect", "1s",
                "tidings.drain", "1s",
                "tidings.log.engine", "sqlite",
                "tidings.log.directory", folder.resolve("log").toString()));
    }

    private Hub hub() {
        return server.bean(Hub.class);
    }

    private long streams() {
        return server.bean(EventHub.class).statistics().connections();
    }

    private void connect(int count, String options) {
        tabs.open(count);
        for (int tab = 0; tab < count; tab++) {
            tabs.connect(tab, options, "a");
        }
        // From now on each hears all: the first event may be too early for some.
        for (int tab = 0; tab < count; tab++) {
            int number = tab;
            eventually(() -> {
                hub().publish("a", "ready?");
                assertThat(tabs.heard(number)).isNotEmpty();
            });
        }
        hub().publish("a", "go"); // What is heard behind it was published behind it.
        for (int tab = 0; tab < count; tab++) {
            int number = tab;
            eventually(() -> assertThat(tabs.heard(number)).endsWith("go"));
            tabs.run(tab, "heard.length = 0");
        }
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            String data = Integer.toString(published.size());
            published.add(data);
            hub().publish("a", data);
        }
    }

    private void allHear() {
        for (int tab = 0; tab < tabs.count(); tab++) {
            hear(tab);
        }
    }

    private void hear(int tab) {
        eventually(() -> assertThat(tabs.heard(tab)).isEqualTo(published));
        assertThat(tabs.troubles(tab)).isEmpty();
    }

    private static void eventually(ThrowingRunnable check) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(check);
    }
}
