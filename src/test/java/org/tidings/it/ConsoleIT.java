package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;
import static org.tidings.testkit.Patience.await;
import static org.tidings.testkit.Patience.eventually;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.api.Publication;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Cursor;
import org.tidings.hub.EventHub;
import org.tidings.server.TidingsServer;
import org.tidings.testkit.ConsolePage;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.SseSocketClient;

/** The operator's console in a real browser, on the embedded server. */
class ConsoleIT {
    @AutoClose
    private TidingsServer server;

    @AutoClose
    private ConsolePage console;

    private HubClient hub;

    @BeforeEach
    void open() {
        server = TidingsServer.start(Map.of("tidings.port", "0", "tidings.drain", "1s"));
        hub = HubClient.of(server.address());
        console = new ConsolePage(server.address());
        eventually(() -> assertThat(console.state()).isEqualTo("open"));
        eventually(() -> assertThat(console.value("connections", 0)).isEqualTo("1"));
    }

    @AfterEach
    void pageObeysItsOwnSecurityPolicyAndNothingFails() {
        assertThat(console.console()).noneMatch(line -> line.contains("Security Policy") || line.contains("Uncaught"));
    }

    @Test
    void aConnectionIsSeenAndEndedWithItsButton() throws IOException {
        try (SseSocketClient client = hub.stream("topic=orders/42&topic=chat/*")) {
            String id = json(client.next().data()).getString("connection");

            eventually(() -> assertThat(console.connections()).contains(id));
            assertThat(console.connection(id)).contains("live", "orders/42, chat/*", "0 B", "0");
            eventually(() -> assertThat(console.texts("#topics .topic")).contains("orders/42", "chat/*"));
            eventually(() -> assertThat(console.value("connections", 0)).isEqualTo("2"));

            console.end(id);

            assertThat(client.rest()).as("what follows before the end").isEmpty();
            eventually(() -> assertThat(console.connections()).doesNotContain(id));
            // The answer and the stream are two ways: either may be the faster one.
            eventually(() -> assertThat(console.text("said")).startsWith("Connection " + id + " ends."));
            eventually(() -> assertThat(console.texts("[data-measure=closed] dl div:not(.none) dt"))
                    .containsExactly("closed"));
        }
    }

    @Test
    void whatIsPublishedByHandIsHeardByHand() {
        console.listen("orders/**");
        eventually(() -> assertThat(console.text("said")).isEqualTo("Listening to orders/**."));
        // Listening begins when the stream has the topic.
        eventually(() -> assertThat(console.texts("#topics .topic")).contains("orders/**"));

        console.publish("orders/7", "shipped", "<b>DHL</b>\nand more");

        eventually(() -> assertThat(console.heard()).containsExactly("<b>DHL</b>\nand more"));
        assertThat(console.texts("#heard .topic")).containsExactly("orders/7");
        assertThat(console.texts("#heard .type")).containsExactly("shipped");
        eventually(() -> assertThat(console.text("receipt"))
                .isEqualTo("Published as " + console.texts("#heard .id").get(0) + "."));
        eventually(() -> assertThat(console.text("end"))
                .isEqualTo(console.texts("#heard .id").get(0)));

        console.publish("$hub/statistics", "", "x");

        eventually(() -> assertThat(console.text("receipt")).contains("the hub's own"));
    }

    /** The console has a stream of its own: what it is refused, other pages of the browser must not lose theirs for. */
    @Test
    void whoIsNoOperatorIsToldWhyAndWhatToDo() {
        URI elsewhere = URI.create("http://tidings.example:" + server.address().getPort() + "/");
        try (var stranger = new ConsolePage(elsewhere, "--host-resolver-rules=MAP tidings.example 127.0.0.1")) {
            eventually(() -> assertThat(stranger.isDisplayed("refused")).isTrue());

            assertThat(stranger.text("why")).contains("for operators").contains("Host is not localhost");
            assertThat(stranger.text("refused")).contains("ssh -L");
            assertThat(stranger.isDisplayed("content")).isFalse();
            assertThat(stranger.state()).isEqualTo("refused");
        }
    }

    @Test
    void aButtonKeepsTheFocusWhileTheTableChangesAroundIt() throws IOException {
        var later = new ArrayList<SseSocketClient>();
        try (SseSocketClient client = hub.stream("topic=a")) {
            String id = json(client.next().data()).getString("connection");
            eventually(() -> assertThat(console.connections()).contains(id));
            console.focusEnd(id);
            for (int i = 0; i < 5; i++) {
                later.add(hub.stream("topic=b"));
            }
            eventually(() -> assertThat(console.connections()).hasSize(7));
            assertThat(console.focusedName()).isEqualTo("End connection " + id);
        } finally {
            for (SseSocketClient client : later) {
                client.close();
            }
        }
    }

    @Test
    void aPausedPageStandsStill() throws IOException {
        console.click("pause");
        assertThat(console.attribute("pause", "aria-pressed")).isEqualTo("true");
        String uptime = console.text("uptime");
        try (SseSocketClient client = hub.stream("topic=a&topic=$hub/statistics")) {
            client.next();
            client.next(3);
            assertThat(console.text("uptime")).isEqualTo(uptime);

            console.click("pause");

            eventually(() -> assertThat(console.text("uptime")).isNotEqualTo(uptime));
        }
    }

    @Test
    void thePageFitsEveryWindow() throws IOException {
        ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
        try {
            fill(publisher);
            console.listen("orders/**");
            console.publish("chat/lobby", "", "The lift is repaired.");
            // A line of some length in each chart.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> console.text("uptime").matches("(2[5-9]|[3-5]\\d) s|\\d+ min .*"));
            console.scrollToTop();
            Screenshots.take(console, "console");
        } finally {
            publisher.shutdownNow();
        }
    }

    /** As it might be on a working day: streams, publishers, somebody slow, some who have gone. */
    private void fill(ScheduledExecutorService publisher) {
        EventHub all = server.bean(EventHub.class);
        List<String> shared = List.of("orders/*", "chat/lobby", "prices/**", "jobs/nightly");
        for (int i = 0; i < 48; i++) {
            all.open(
                    TopicSelector.parse(List.of(shared.get(i % 4), "users/" + (100 + i))),
                    new Cursor.Now(),
                    RecordingConnection.reading());
        }
        all.open(TopicSelector.parse(List.of("prices/**")), new Cursor.Now(), RecordingConnection.stalled());
        all.open(TopicSelector.parse(List.of("orders/*")), Cursor.parse("elsewhere-7"), RecordingConnection.stalled());
        var count = new AtomicInteger();
        var unused = publisher.scheduleAtFixedRate(
                () -> publish(all, count.getAndIncrement()), 0, 20, TimeUnit.MILLISECONDS);
        unused = publisher.scheduleAtFixedRate(() -> comeAndGo(all), 0, 3, TimeUnit.SECONDS);
    }

    private static void publish(EventHub all, int number) {
        int burst = 1 + (int) (3 + 3 * Math.sin(number / 60.0));
        for (int i = 0; i < burst; i++) {
            var unused = all.publish(Publication.of("prices/EUR", "{\"bid\": " + (1.08 + number % 7 / 1000.0) + "}"));
        }
        if (number % 10 == 0) {
            var unused = all.publish(Publication.of(
                    "orders/" + (4_200 + number % 9), "shipped", "{\"order\": " + number + ", \"carrier\": \"DHL\"}"));
        }
    }

    private static void comeAndGo(EventHub all) {
        var client = RecordingConnection.reading();
        all.open(TopicSelector.parse(List.of("prices/**")), Cursor.parse("earliest"), client);
        var left = RecordingConnection.stalled();
        all.open(TopicSelector.parse(List.of("chat/lobby")), new Cursor.Now(), left);
        await().until(() -> !client.blocks().isEmpty() && !left.blocks().isEmpty());
        left.hangUp();
    }
}
