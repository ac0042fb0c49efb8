package org.tidings.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidings.api.DisconnectReason;
import org.tidings.api.EventId;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.log.Page;
import org.tidings.wire.Frame;

/**
 * One open stream. For its lane's thread, but for what it hears as a {@link Connection.Listener}.
 *
 * <pre>
 *               page at the log's end
 *              ----------------------->
 *  CATCHING_UP                           LIVE
 *              <-----------------------
 *               send queue overflows, or the lane fell behind
 *       |                                  |
 *       +-------------> ENDING <-----------+    last words are on their way
 *                          |
 *                          v
 *                        CLOSED                 from each of the others too, where the connection is cut
 * </pre>
 *
 * <p>While CATCHING_UP, pages are read from the log, the next one only when the client has taken the last: a replay
 * queues nothing. While LIVE, events come from the lane's rounds. {@code position} says in both what the stream has
 * been given: every event of its topics up to there, once, and none behind.
 */
final class StreamSubscriber implements Subscriber, Connection.Listener {
    private static final System.Logger LOG = System.getLogger(StreamSubscriber.class.getName());

    private enum State {
        CATCHING_UP,
        LIVE,
        ENDING,
        CLOSED
    }

    /** What the hub does around a stream. Called on the lane's thread. */
    interface Owner {
        void opened(StreamSubscriber stream);

        void closed(StreamSubscriber stream, DisconnectReason reason);
    }

    // Set once.
    private final String id;
    private final Lane lane;
    private final HubParts hub;
    private final Connection connection;
    private final Owner owner;
    private final Outlet outlet;
    private final Duration opened;
    private final Optional<Duration> expiry;

    // The lane's.
    private State state = State.CATCHING_UP;
    private TopicSelector topics;
    private long position;
    private Batch batch; // of the round that is under way, null if nothing of it is for this stream
    private boolean reading; // a page
    private boolean stale; // it was asked for topics that the stream had before
    private Delivery shown; // of the hub's own topics; while it waits there is no further one
    private Delivery conflatedGap; // tells of conflated events; once it is written, further ones need another
    private DisconnectReason ending; // once ENDING
    private Optional<Duration> due = Optional.empty(); // when it is cut, if somebody asked for its end

    StreamSubscriber(String id, Lane lane, HubParts hub, TopicSelector topics, Connection connection, Owner owner) {
        this.id = id;
        this.lane = lane;
        this.hub = hub;
        this.topics = topics;
        this.connection = connection;
        this.owner = owner;
        this.outlet = new Outlet(
                connection,
                hub.settings().sendQueue(),
                hub.scheduler(),
                hub.statistics(),
                delivery -> forget(delivery.ended()));
        this.opened = hub.scheduler().elapsed();
        // A tenth earlier at random: streams that were opened together must not all come back together.
        double share = 1 - hub.scheduler().random().nextDouble() / 10;
        this.expiry = hub.settings().lifetime().map(age -> opened.plus(scaled(age, share)));
    }

    String id() {
        return id;
    }

    Lane lane() {
        return lane;
    }

    TopicSelector topics() {
        return topics;
    }

    // ---- From the transport, on any thread.

    @Override
    public void writable() {
        lane.post(() -> guarded(() -> {
            if (state != State.CLOSED) {
                outlet.becameWritable();
                proceed();
            }
        }));
    }

    @Override
    public void closed() {
        lane.post(() -> cut(DisconnectReason.CLIENT_GONE));
    }

    // ---- Messages.

    /** The first one. */
    void open(Cursor cursor) {
        lane.add(this);
        owner.opened(this);
        subscribe();
        guarded(() -> {
            connection.open(this);
            // Now is behind all that was published, though the lane may have some of it to hand out.
            Resume resume = Resume.at(cursor, topics, hub.log(), lane.end());
            position = resume.position();
            greet(resume);
            if (hub.isOver(topics, position)) {
                end(DisconnectReason.TOPIC_ENDED);
            } else if (position >= lane.handled()) {
                state = State.LIVE;
            }
            proceed();
        });
    }

    /** Adds and removes topics. What is added is delivered from the returned position on. */
    TopicChange change(Set<TopicMatcher> add, Set<TopicMatcher> remove) {
        if (state == State.ENDING || state == State.CLOSED) {
            throw unknown();
        }
        Set<TopicMatcher> changed = new LinkedHashSet<>(topics.matchers());
        changed.removeAll(remove);
        changed.addAll(add);
        resubscribe(HubTopics.select(changed));
        // A page that is being read for the old topics would skip events of the added ones that are newer than this
        // change.
        stale = reading;
        long from = considered();
        guarded(this::endIfOver);
        return new TopicChange(topics, hub.id(from), hub.ended(add, from));
    }

    /** Its client has as long as the stall limit, however little it takes meanwhile. */
    void disconnect(DisconnectReason reason) {
        due = Optional.of(due.orElse(lane.now().plus(hub.settings().stallLimit())));
        guarded(() -> end(reason));
    }

    void shutDown() {
        guarded(() -> end(DisconnectReason.SHUTDOWN));
    }

    void abort() {
        cut(DisconnectReason.SHUTDOWN);
    }

    /** The lane skips the events behind what it has handled: they are in the log. */
    void fallBehind() {
        if (state == State.LIVE) {
            catchUp(beforeQueued(considered() + 1));
            guarded(this::proceed);
        }
    }

    void tick(Duration now) {
        boolean overdue = due.isPresent() && now.compareTo(due.get()) >= 0;
        if (overdue || outlet.stalledFor(now).compareTo(hub.settings().stallLimit()) >= 0) {
            cut(DisconnectReason.STALLED);
            return;
        }
        guarded(() -> {
            if (expiry.isPresent() && now.compareTo(expiry.get()) >= 0) {
                end(DisconnectReason.LIFETIME_REACHED);
            }
            if (outlet.isIdle() && outlet.quietFor(now).compareTo(hub.settings().heartbeat()) >= 0) {
                outlet.add(Delivery.control(hub.frames().heartbeat()));
            }
            proceed(); // a page that could not be read is tried again
        });
    }

    // ---- For operators.

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** @param end the offset of the newest event */
    ConnectionReport report(Duration now, long end) {
        long through = beforeQueued(considered() + 1);
        return new ConnectionReport(
                id,
                state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                now.minus(opened),
                outlet.queue().length(),
                through,
                Math.max(0, end - through),
                outlet.stalledFor(now),
                topics);
    }

    /** What is new on the hub's own topics, of which a client that does not keep up misses some. */
    void show(List<HubState> states) {
        List<Frame> wanted = states.stream()
                .filter(shownState -> topics.matches(shownState.topic()))
                .map(HubState::frame)
                .toList();
        if (state == State.ENDING
                || state == State.CLOSED
                || wanted.isEmpty()
                || outlet.queue().contains(shown)) {
            return;
        }
        guarded(() -> {
            Delivery delivery = Delivery.control(Frame.merge(wanted));
            if (outlet.offer(delivery)) {
                shown = delivery;
            }
        });
    }

    // ---- A round.

    @Override
    public boolean offer(Entry entry, Batch round) {
        if (state != State.LIVE || entry.offset() <= position) {
            return false;
        }
        position = entry.offset();
        boolean first = batch == null;
        batch = (first ? round : batch).then(entry);
        return first;
    }

    @Override
    public void flush() {
        Batch given = batch;
        batch = null;
        if (given != null && state == State.LIVE) {
            guarded(() -> deliver(given));
        }
    }

    private void deliver(Batch given) throws IOException {
        Delivery delivery = given.delivery();
        if (delivery.overflow() == OverflowPolicy.CONFLATE && !outlet.isIdle()) {
            deliverOneByOne(given.entries());
        } else if (!outlet.offer(delivery)) {
            overflow(delivery, given.entries());
        }
    }

    /** What may be superseded while it waits must wait event by event. */
    private void deliverOneByOne(List<Entry> entries) throws IOException {
        for (int i = 0; i < entries.size(); i++) {
            Delivery single = Delivery.of(entries.subList(i, i + 1));
            if (!outlet.offer(single)) {
                List<Entry> unsent = entries.subList(i, entries.size());
                overflow(Delivery.of(unsent), unsent);
                return;
            }
        }
    }

    // ---- Overflow.

    private void overflow(Delivery unsent, List<Entry> entries) {
        hub.statistics().countOverflow();
        long before = beforeQueued(unsent.first());
        switch (unsent.overflow()) {
            case DISCONNECT -> cut(DisconnectReason.SLOW_CONSUMER);
            case CONFLATE -> conflate(entries, before);
            case CATCH_UP -> catchUp(before);
        }
    }

    private void conflate(List<Entry> unsent, long before) {
        SendQueue queue = outlet.queue();
        for (Entry entry : unsent) {
            queue.add(Delivery.of(List.of(entry)));
        }
        boolean superseded = queue.conflate();
        if (queue.isOverLimit()) {
            catchUp(before);
        } else if (superseded && !queue.contains(conflatedGap)) {
            var gap = new Gap(Gap.Reason.CONFLATED, hub.id(before).toString(), hub.id(before));
            hub.statistics().countGap(gap.reason());
            conflatedGap = Delivery.control(hub.frames().gap(gap));
            queue.addBeforeEvents(conflatedGap);
        }
    }

    // ---- Catching up.

    /** Goes on from the log; what is queued is read again, so {@code from} must be in front of it. */
    private void catchUp(long from) {
        outlet.queue().dropEvents();
        position = from;
        batch = null;
        state = State.CATCHING_UP;
    }

    /** The offset in front of everything that waits, which ends with the event at the given offset. */
    private long beforeQueued(long next) {
        return outlet.queue().firstOffset().orElse(next) - 1;
    }

    /** Does what the stream waits for, once the client has taken everything. */
    private void proceed() {
        if (!outlet.isIdle()) {
            return;
        }
        if (state == State.ENDING) {
            finish(ending, connection::end);
        } else if (state == State.CATCHING_UP && !reading) {
            reading = true;
            hub.pages().read(position, topics, result -> lane.post(() -> guarded(() -> take(result))));
        }
    }

    private void take(PageReader.Result result) throws IOException {
        boolean asked = state == State.CATCHING_UP && !stale;
        reading = false;
        stale = false;
        if (!asked) {
            proceed(); // for other topics, or the stream is ending
            return;
        }
        if (result.page().isEmpty()) {
            return; // the log has failed; the next tick tries again
        }
        Page read = result.page().get();
        if (read.lostThrough() > position) {
            tell(new Gap(Gap.Reason.EXPIRED, hub.id(position).toString(), hub.id(read.resumed())));
        }
        position = read.through();
        if (result.delivery().isPresent()) {
            Delivery delivery = result.delivery().get();
            outlet.add(delivery);
            hub.statistics().countReplayed(delivery.events());
        }
        if (state == State.CATCHING_UP && position >= read.end()) {
            goLive();
        }
        proceed();
    }

    /**
     * What was published since the page was read, and has been handed out by the lane, is still in memory; if not, or
     * if it is more than a page, pages go on.
     */
    private void goLive() {
        RecentEvents.Slice missed = lane.handledSince(position);
        if (!missed.complete()) {
            return;
        }
        List<Entry> wanted = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : missed.entries()) {
            if (topics.matches(entry.topic())) {
                wanted.add(entry);
                bytes += entry.frame().length();
            }
        }
        if (bytes > PageReader.BYTES.bytes() && wanted.size() > 1) {
            return;
        }
        state = State.LIVE;
        Batch root = Batch.root();
        wanted.forEach(entry -> offer(entry, root));
        flush();
    }

    // ---- Topics and words.

    private void greet(Resume resume) throws IOException {
        Optional<EventId> id = resume.gap().isPresent() ? Optional.empty() : Optional.of(hub.id(position));
        outlet.add(Delivery.control(hub.frames().hello(this.id, id, hub.ended(topics.matchers(), position))));
        if (resume.gap().isPresent()) {
            tell(resume.gap().get());
        }
    }

    private void tell(Gap gap) throws IOException {
        hub.statistics().countGap(gap.reason());
        outlet.add(Delivery.control(hub.frames().gap(gap)));
    }

    /** Topics that were ended bring nothing more; a stream without others ends. */
    private void forget(Collection<TopicName> ended) throws IOException {
        if (ended.isEmpty()) {
            return;
        }
        List<TopicMatcher> left = new ArrayList<>(topics.matchers());
        boolean had = left.removeAll(
                ended.stream().map(topic -> new TopicMatcher(topic.value())).toList());
        if (state == State.CLOSED || state == State.ENDING || !had) {
            return;
        }
        if (left.isEmpty()) {
            end(DisconnectReason.TOPIC_ENDED);
        } else {
            resubscribe(TopicSelector.ofAny(left));
            endIfOver();
        }
    }

    /**
     * Nothing can follow if what is left was ended too: before this stream was opened, or before the topic was added.
     */
    private void endIfOver() throws IOException {
        if (hub.isOver(topics, considered())) {
            end(DisconnectReason.TOPIC_ENDED);
        }
    }

    /**
     * The offset up to which every event has been given or was not for this stream. While LIVE, the lane has seen to
     * that.
     */
    private long considered() {
        return state == State.LIVE ? Math.max(position, lane.handled()) : position;
    }

    private void resubscribe(TopicSelector changed) {
        lane.unsubscribe(topics.matchers(), this);
        topics = changed;
        subscribe();
    }

    private void subscribe() {
        lane.subscribe(topics.matchers(), this);
        lane.watch(this, topics.matchers().stream().anyMatch(TopicMatcher::isReserved));
    }

    // ---- The end.

    /** Ends the stream behind what is queued. */
    private void end(DisconnectReason reason) throws IOException {
        if (state == State.ENDING || state == State.CLOSED) {
            return;
        }
        state = State.ENDING;
        ending = reason;
        if (reason.reconnect()) {
            outlet.add(Delivery.control(hub.frames().farewell()));
        }
        proceed();
    }

    private void cut(DisconnectReason reason) {
        finish(state == State.ENDING ? ending : reason, connection::abort);
    }

    private void finish(DisconnectReason reason, Runnable transport) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        outlet.close();
        lane.unsubscribe(topics.matchers(), this);
        lane.remove(this);
        try {
            transport.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The transport of connection " + id + " failed to end", e);
        }
        owner.closed(this, reason);
    }

    /** One connection's failure is its own. */
    private void guarded(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            cut(DisconnectReason.CLIENT_GONE);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Connection " + id + " is cut", e);
            cut(DisconnectReason.FAILED);
        }
    }

    static RejectedException unknown() {
        return new RejectedException(
                RejectionReason.CONNECTION_UNKNOWN, "no open connection has this id; it is in the stream's $hello");
    }

    private static Duration scaled(Duration age, double share) {
        return Duration.ofMillis((long) (age.toMillis() * share));
    }

    private interface Action {
        void run() throws IOException;
    }
}
