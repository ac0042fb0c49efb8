package org.tidings.hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidings.api.DisconnectReason;
import org.tidings.api.EventLogException;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.log.LogSize;
import org.tidings.wire.JsonWriter;

/**
 * Puts together what the hub's own topics say; docs/protocol.md, "For operators", has it member by member. For one
 * thread at a time, which may block on the log.
 */
final class HubSnapshot {
    /** Connections and topics that are told one by one: what a person can look at, and some ten KiB. */
    static final int ROWS = 100;

    /** Of a connection's topics: a client may have a hundred, of 512 characters each. */
    private static final int TOPICS_OF_ONE = 3;

    private final HubParts hub;
    private final Duration started;
    private final TopicRates rates;

    HubSnapshot(HubParts hub) {
        this.hub = hub;
        this.started = hub.scheduler().elapsed();
        this.rates = new TopicRates(hub.recent());
    }

    /** @param lanes what each of them reports */
    List<HubState> of(Duration now, List<LaneReport> lanes) {
        var slowest = new Leading<ConnectionReport>(ROWS, ConnectionReport.SLOWEST_FIRST);
        lanes.forEach(lane -> lane.slowest().forEach(slowest::offer));
        List<ConnectionReport> connections = slowest.inOrder();
        return List.of(
                HubState.of(
                        HubTopics.STATISTICS,
                        "$statistics",
                        statistics(now, connections.stream().findFirst())),
                HubState.of(HubTopics.TOPICS, "$topics", topics(lanes, rates.measure(now))),
                HubState.of(HubTopics.CONNECTIONS, "$connections", connections(connections)));
    }

    private String statistics(Duration now, Optional<ConnectionReport> slowest) {
        HubStatistics all = hub.statistics();
        var json = new JsonWriter().object();
        json.member("uptime", now.minus(started).toMillis())
                .member("connections", all.connections())
                .member("opened", all.opened());
        json.name("closed").object();
        for (DisconnectReason reason : DisconnectReason.values()) {
            json.member(reason.slug(), all.closed(reason));
        }
        json.endObject();
        json.member("published", all.published())
                .member("delivered", all.delivered())
                .member("replayed", all.replayed())
                .member("bytes", all.writtenBytes())
                .member("queued", all.queuedBytes())
                .member("overflows", all.overflows())
                .member("fellBehind", all.fellBehind())
                .member("logFailures", all.logFailures());
        json.name("gaps").object();
        for (Gap.Reason reason : Gap.Reason.values()) {
            json.member(reason.slug(), all.gaps(reason));
        }
        json.endObject();
        slowest.ifPresent(connection -> json.name("slowest")
                .object()
                .member("id", connection.id())
                .member("lag", connection.lag())
                .member("queued", connection.queued())
                .endObject());
        addLog(json);
        return json.endObject().toString();
    }

    /** Without its size where the log fails. */
    private void addLog(JsonWriter json) {
        json.name("log").object().member("end", hub.id(hub.recent().end()).toString());
        try {
            LogSize size = hub.log().size();
            json.member("events", size.events()).member("bytes", size.size().bytes());
        } catch (EventLogException e) {
            // Who publishes is told, and counted.
        }
        json.endObject();
    }

    private String connections(List<ConnectionReport> connections) {
        var json = new JsonWriter().object().member("all", hub.statistics().connections());
        json.name("connections").array();
        for (ConnectionReport connection : connections) {
            List<TopicMatcher> topics = connection.topics().matchers();
            json.object()
                    .member("id", connection.id())
                    .member("state", connection.state())
                    .member("age", connection.age().toMillis())
                    .member("queued", connection.queued())
                    .member("lag", connection.lag())
                    .member("stalled", connection.stalled().toMillis())
                    .member("last", hub.id(connection.through()).toString())
                    .member("subscriptions", topics.size());
            json.name("topics").array();
            topics.stream().limit(TOPICS_OF_ONE).forEach(topic -> json.element(topic.value()));
            json.endArray().endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static String topics(List<LaneReport> lanes, Map<TopicName, Double> rates) {
        Map<TopicMatcher, Integer> subscriptions = subscriptions(lanes, rates.keySet());
        var busiest = new Leading<TopicRow>(ROWS, TopicRow.BUSIEST_FIRST);
        var patterns = new Leading<TopicRow>(ROWS, TopicRow.BUSIEST_FIRST);
        subscriptions.forEach((matcher, count) -> {
            TopicRow row = TopicRow.of(matcher, count, rates);
            busiest.offer(row);
            if (!matcher.isExact()) {
                patterns.offer(row);
            }
        });
        List<TopicRow> common = patterns.inOrder();
        var json = new JsonWriter().object().member("all", subscriptions.size());
        json.name("topics").array();
        for (TopicRow row : busiest.inOrder()) {
            json.object()
                    .member("topic", row.matcher().value())
                    .member("subscriptions", row.subscriptions() + row.byPatterns(common))
                    .member("rate", row.rate())
                    .endObject();
        }
        return json.endArray().endObject().toString();
    }

    /** How many there are of each; 0 of a topic that has events and nothing else. */
    private static Map<TopicMatcher, Integer> subscriptions(List<LaneReport> lanes, Set<TopicName> active) {
        Map<TopicMatcher, Integer> subscriptions = new HashMap<>();
        for (LaneReport lane : lanes) {
            lane.subscriptions().forEach((matcher, count) -> subscriptions.merge(matcher, count, Integer::sum));
        }
        active.forEach(topic -> subscriptions.putIfAbsent(new TopicMatcher(topic.value()), 0));
        return subscriptions;
    }
}
