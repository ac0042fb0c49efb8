package org.tidings.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidings.api.DisconnectReason;
import org.tidings.api.Event;
import org.tidings.api.Publication;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.EventLog;
import org.tidings.wire.JsonWriter;

/**
 * The hub: publishes to the log, fans out to the streams, replays, answers polls. See docs/protocol.md for what it
 * guarantees and docs/concurrency.md for its threads.
 *
 * <p>Safe for any thread. No method blocks but {@link #publishAndWait}, {@link #endAndWait} and {@link #close}. A
 * returned future may complete on a thread of the hub's or on another publisher's; what depends on it and could block
 * (writing a response, say) must go on elsewhere, with the {@code …Async} methods.
 */
public final class EventHub implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventHub.class.getName());

    private static final Duration RETENTION_PERIOD = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int ID_BYTES = 16;

    private final HubParts hub;
    private final Appender appender;
    private final Notifier notifier;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicInteger nextLane = new AtomicInteger();
    private final Map<String, StreamSubscriber> streams = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean running = true;

    private EventHub(HubParts hub, HubListener listener) {
        this.hub = hub;
        this.notifier = new Notifier(listener, hub.scheduler());
        this.appender = new Appender(hub);
        for (int i = 0; i < hub.settings().lanes(); i++) {
            lanes.add(new Lane("tidings-lane-" + i, hub.recent(), hub.scheduler(), hub.statistics()));
        }
        hub.log().follow(this::hand);
        hub.scheduler().every(RETENTION_PERIOD, appender::retain);
        hub.scheduler().every(tickPeriod(hub.settings()), () -> lanes.forEach(lane -> lane.post(lane::tick)));
        hub.scheduler().every(Watch.PERIOD, new Watch(hub, lanes)::beat);
    }

    /** Starts a hub on a log. Both the log and the scheduler are the hub's from then on, and closed with it. */
    public static EventHub start(EventLog log, HubSettings settings, HubScheduler scheduler, HubListener listener) {
        var parts = new HubParts(
                log,
                settings,
                scheduler,
                new HubStatistics(),
                new ControlFrames(settings, scheduler.random()),
                new RecentEvents(settings.window(), log.end()),
                new PageReader(log, settings, scheduler),
                new PollReader(log, scheduler));
        return new EventHub(parts, listener);
    }

    /**
     * Appends the event to the log and hands it to the lanes.
     *
     * @return completes with the receipt when the event is durable, or with a {@link RejectedException} or
     *     {@link org.tidings.api.EventLogException}: then nothing was appended
     */
    public CompletableFuture<Receipt> publish(Publication publication) {
        return publish(publication, false);
    }

    /**
     * As {@link #publish}, for a thread that waits: if no other one is about to append, it does so itself, which spares
     * a change of threads and back. Blocks until the event is durable, behind whatever waits for the log: it is never
     * turned away as overloaded.
     *
     * @throws RejectedException and {@link org.tidings.api.EventLogException}: then nothing was appended
     */
    public Receipt publishAndWait(Publication publication) {
        return await(publish(publication, true));
    }

    /**
     * Ends the topic; see {@link org.tidings.api.Hub#end}.
     *
     * @return completes as {@link #publish} does
     */
    public CompletableFuture<Receipt> end(TopicName topic) {
        return end(topic, false);
    }

    /**
     * As {@link #end}, for a thread that waits, as with {@link #publishAndWait}.
     *
     * @throws RejectedException and {@link org.tidings.api.EventLogException}: then nothing was appended
     */
    public Receipt endAndWait(TopicName topic) {
        return await(end(topic, true));
    }

    private CompletableFuture<Receipt> end(TopicName topic, boolean callerWaits) {
        if (topic.isReserved()) {
            return rejected(RejectionReason.TOPIC_RESERVED, "topics that begin with '$' are the hub's own");
        }
        String data = new JsonWriter()
                .object()
                .member("topic", topic.value())
                .endObject()
                .toString();
        return append(new Publication(topic, Optional.of(EventLog.END), data), callerWaits);
    }

    /**
     * Whether a subscriber has nothing left to hear: all of its topics are named in full and were ended, and it has had
     * their ends or asks for nothing that was before. HTTP answers 204, upon which a browser does not come back.
     */
    public boolean isOver(TopicSelector topics, Cursor cursor) {
        if (!running) {
            throw stopping();
        }
        Resume resume = Resume.at(cursor, topics, hub.log(), hub.log().end());
        return resume.gap().isEmpty() && hub.isOver(topics, resume.position());
    }

    /**
     * Opens a stream on a connection, which is the hub's from then on.
     *
     * @return the connection's id, as in its {@code $hello}: who knows it can change the stream's topics
     * @throws RejectedException if the hub is stopping; the connection was not touched
     */
    public String open(TopicSelector topics, Cursor cursor, Connection connection) {
        if (!running) {
            throw stopping();
        }
        Lane lane = lane();
        var stream = new StreamSubscriber(newId(), lane, hub, topics, connection, new Registry());
        streams.put(stream.id(), stream); // at once, so that its id can be used as soon as it is known
        lane.post(() -> {
            stream.open(cursor);
            if (!running) {
                stream.shutDown();
            }
        });
        return stream.id();
    }

    /**
     * Changes the topics of an open stream. What is both added and removed is added.
     *
     * @return completes with what the stream has then, or with a {@link RejectedException}: then nothing was changed
     */
    public CompletableFuture<TopicChange> change(String connection, Set<TopicMatcher> add, Set<TopicMatcher> remove) {
        StreamSubscriber stream = streams.get(connection);
        if (stream == null) {
            return CompletableFuture.failedFuture(StreamSubscriber.unknown());
        }
        var change = new CompletableFuture<TopicChange>();
        stream.lane().post(() -> {
            try {
                change.complete(stream.change(add, remove));
            } catch (RejectedException e) {
                change.completeExceptionally(e);
            }
        });
        return change;
    }

    /** Ends a stream behind what waits for it. Returns whether there is one with this id. */
    public boolean disconnect(String connection, DisconnectReason reason) {
        StreamSubscriber stream = streams.get(connection);
        if (stream == null) {
            return false;
        }
        stream.lane().post(() -> stream.disconnect(reason));
        return true;
    }

    /**
     * Reads the next events behind a cursor, and waits for the first if there is none.
     *
     * @param limit the most events, at least 1
     * @param wait how long to wait at the most; about a second more is possible
     * @return completes with a page, an empty one after the wait, or with an {@link org.tidings.api.EventLogException}
     */
    public CompletableFuture<PollPage> poll(TopicSelector topics, Cursor cursor, int limit, Duration wait) {
        if (!running) {
            return CompletableFuture.failedFuture(stopping());
        }
        Lane lane = lane();
        var poll = new PollSubscriber(lane, hub, topics, cursor, limit, wait);
        lane.post(poll::begin);
        return poll.answer();
    }

    /** Numbers for operators. */
    public HubStatistics statistics() {
        return hub.statistics();
    }

    /** Whether the hub takes requests: from its start until {@link #close} begins. */
    public boolean isRunning() {
        return running;
    }

    /** As {@link #close(Duration)}, with 10 seconds. */
    @Override
    public void close() {
        close(DRAIN);
    }

    /**
     * Stops: takes no more, appends what waits, says farewell to each stream and gives its client that long to read
     * what is queued; then cuts, and closes the log and the scheduler. Blocks until it is done. A second call does
     * nothing.
     */
    public synchronized void close(Duration drain) {
        if (!running) {
            return;
        }
        running = false;
        hub.scheduler().await(appender.finish(), drain);
        appender.stop(drain);
        for (Lane lane : lanes) {
            lane.post(lane::shutDown);
            lane.post(this::checkDrained);
        }
        hub.scheduler().await(drained, drain);
        lanes.forEach(lane -> lane.stop(DRAIN)); // not less: while its thread runs, nobody may take a lane's place
        notifier.stop(drain);
        hub.scheduler().close();
        hub.log().close();
    }

    static RejectedException stopping() {
        return new RejectedException(RejectionReason.STOPPING, "the server is stopping; try again in a moment");
    }

    private CompletableFuture<Receipt> publish(Publication publication, boolean callerWaits) {
        if (publication.topic().isReserved()) {
            return rejected(RejectionReason.TOPIC_RESERVED, "topics that begin with '$' are the hub's own");
        }
        if (publication.type().filter(type -> type.isReserved()).isPresent()) {
            return rejected(RejectionReason.TYPE_RESERVED, "event types that begin with '$' are the hub's own");
        }
        return append(publication, callerWaits);
    }

    private CompletableFuture<Receipt> append(Publication publication, boolean callerWaits) {
        return running ? appender.append(publication, callerWaits) : CompletableFuture.failedFuture(stopping());
    }

    private void hand(List<Event> events) {
        try {
            hub.recent()
                    .add(events.stream()
                            .map(event -> Entry.of(event, hub.settings()))
                            .toList());
        } catch (RuntimeException | Error e) {
            // They are in the log: lanes that find them forgotten send their streams there.
            LOG.log(System.Logger.Level.ERROR, "New events are not in memory; streams read them from the log", e);
            hub.recent().forget(events.get(events.size() - 1).id().offset());
        }
        lanes.forEach(Lane::wake);
    }

    private Lane lane() {
        return lanes.get(Math.floorMod(nextLane.getAndIncrement(), lanes.size()));
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        hub.scheduler().random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void checkDrained() {
        if (!running && streams.isEmpty()) {
            drained.complete(null);
        }
    }

    private static Duration tickPeriod(HubSettings settings) {
        Duration shortest = settings.heartbeat().compareTo(settings.stallLimit()) < 0
                ? settings.heartbeat()
                : settings.stallLimit();
        Duration half = shortest.dividedBy(2);
        return half.compareTo(Duration.ofSeconds(1)) < 0 ? half : Duration.ofSeconds(1);
    }

    private static Receipt await(CompletableFuture<Receipt> receipt) {
        try {
            return receipt.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static CompletableFuture<Receipt> rejected(RejectionReason reason, String detail) {
        return CompletableFuture.failedFuture(new RejectedException(reason, detail));
    }

    private final class Registry implements StreamSubscriber.Owner {
        private boolean told; // the lane's

        @Override
        public void opened(StreamSubscriber stream) {
            hub.statistics().countOpened();
            TopicSelector topics = stream.topics();
            told = notifier.offer(listener -> listener.connected(stream.id(), topics));
        }

        @Override
        public void closed(StreamSubscriber stream, DisconnectReason reason) {
            streams.remove(stream.id());
            hub.statistics().countClosed(reason);
            if (told) {
                notifier.add(listener -> listener.disconnected(stream.id(), reason));
            }
            checkDrained();
        }
    }
}
