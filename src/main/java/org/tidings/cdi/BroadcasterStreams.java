package org.tidings.cdi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Hub;
import org.tidings.api.SubscriberDisconnected;
import org.tidings.hub.EventHub;

/**
 * The streams that broadcasters opened: which connection is whose sink, from its opening to its end. Any thread; under
 * the lock there are look-ups only.
 */
@ApplicationScoped
class BroadcasterStreams {
    @Inject
    private Hub hub;

    // For a cascading close, which api.Hub has no word for.
    @Inject
    private Instance<EventHub> core;

    @Inject
    private LastEventId lastEventId;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Stream> streams = new HashMap<>();

    // A stream may end before its opener knows its id: each opener under way is told of all that end meanwhile.
    @GuardedBy("lock")
    private final List<Map<String, DisconnectReason>> openers = new ArrayList<>();

    /** Opens a stream of the broadcaster's topic, behind what the client of this request had last. */
    void open(TopicBroadcaster owner, SseEventSink sink) {
        var endedMeanwhile = new HashMap<String, DisconnectReason>();
        synchronized (lock) {
            openers.add(endedMeanwhile);
        }
        DisconnectReason ended;
        try {
            String connection = hub.connect(sink)
                    .topics(owner.topic().value())
                    .after(position())
                    .open();
            synchronized (lock) {
                ended = endedMeanwhile.get(connection);
                if (ended == null) {
                    streams.put(connection, new Stream(owner, sink));
                }
            }
        } finally {
            synchronized (lock) {
                openers.removeIf(opener -> opener == endedMeanwhile);
            }
        }
        if (ended != null) {
            owner.ended(sink, ended);
        }
    }

    void ended(@Observes SubscriberDisconnected event) {
        Stream stream;
        synchronized (lock) {
            stream = streams.remove(event.connection());
            if (stream == null) {
                openers.forEach(opener -> opener.put(event.connection(), event.reason()));
            }
        }
        if (stream != null) {
            stream.owner().ended(stream.sink(), event.reason());
        }
    }

    /** Ends the broadcaster's streams; that they have ended is heard as for any other. */
    void disconnect(TopicBroadcaster owner) {
        connections(owner).forEach(connection -> core.get().disconnect(connection, DisconnectReason.CLOSED));
    }

    /** Leaves the broadcaster's streams open, and tells it no more of them. */
    void forget(TopicBroadcaster owner) {
        synchronized (lock) {
            streams.values().removeIf(stream -> stream.owner() == owner);
        }
    }

    /** The streams that broadcasters have open. */
    int size() {
        synchronized (lock) {
            return streams.size();
        }
    }

    private List<String> connections(TopicBroadcaster owner) {
        synchronized (lock) {
            return streams.entrySet().stream()
                    .filter(entry -> entry.getValue().owner() == owner)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private String position() {
        try {
            return lastEventId.value();
        } catch (ContextNotActiveException noRequest) {
            return "";
        }
    }

    private record Stream(TopicBroadcaster owner, SseEventSink sink) {}
}
