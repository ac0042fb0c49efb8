package org.tidings.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tidings.api.ByteSize;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.log.InMemoryEventLog;
import org.tidings.log.Retention;
import org.tidings.testkit.ManualScheduler;
import org.tidings.testkit.RecordingConnection;

/** A hub on the test's thread. */
final class HubFixture implements HubListener {
    static final HubSettings SETTINGS = settings(List.of());

    final ManualScheduler scheduler = new ManualScheduler();
    final List<String> heard = new ArrayList<>();
    final EventLog log;
    final EventHub hub;

    HubFixture() {
        this(SETTINGS, Retention.DEFAULTS);
    }

    HubFixture(HubSettings settings, Retention retention) {
        log = InMemoryEventLog.open(retention);
        hub = EventHub.start(log, settings, scheduler, this);
    }

    HubFixture(HubSettings settings, EventLog log) {
        this.log = log;
        hub = EventHub.start(log, settings, scheduler, this);
    }

    /** One lane, a small queue and window, streams that live for ever. */
    static HubSettings settings(List<TopicRule> rules) {
        return settings(1, rules);
    }

    static HubSettings settings(int lanes, List<TopicRule> rules) {
        return new HubSettings(
                lanes,
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                ByteSize.kibi(4),
                Optional.empty(),
                Duration.ofSeconds(5),
                ByteSize.kibi(8),
                rules);
    }

    static Retention keep(int events) {
        return new Retention(Duration.ofHours(24), events, ByteSize.mebi(1));
    }

    String open(RecordingConnection connection, String after, String... topics) {
        String id = hub.open(TopicSelector.parse(List.of(topics)), Cursor.parse(after), connection);
        scheduler.runAll();
        return id;
    }

    RecordingConnection open(String... topics) {
        var connection = RecordingConnection.reading();
        open(connection, "", topics);
        return connection;
    }

    Receipt publish(String topic, String data) {
        CompletableFuture<Receipt> receipt = hub.publish(Publication.of(topic, data));
        scheduler.runAll();
        return receipt.join();
    }

    /** Publishes "1", "2" and so on. */
    void publish(String topic, int from, int to) {
        for (int i = from; i <= to; i++) {
            publish(topic, Integer.toString(i));
        }
    }

    static List<String> numbers(int from, int to) {
        var numbers = new ArrayList<String>();
        for (int i = from; i <= to; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    /** The data of each gap that the client was told of. */
    static List<String> gaps(RecordingConnection client) {
        return client.control("$gap").stream()
                .map(gap -> gap.data().orElseThrow())
                .toList();
    }

    static String gap(String reason, String asked, String resumed) {
        return "{\"reason\":\"%s\",\"asked\":\"%s\",\"resumed\":\"%s\"}".formatted(reason, asked, resumed);
    }

    String id(long offset) {
        return log.epoch() + '-' + offset;
    }

    @Override
    public void connected(String connection, TopicSelector topics) {
        heard.add("connected " + topics);
    }

    @Override
    public void disconnected(String connection, DisconnectReason reason) {
        heard.add("disconnected " + reason.slug());
    }
}
