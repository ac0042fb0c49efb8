package org.tidings.hub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tidings.api.TopicMatcher;

/**
 * One thread that owns its subscribers: what they asked for, their queues, their writes, their end. Everything that
 * concerns them is a message in its inbox, handled in order; events it takes from {@link RecentEvents}, a round at a
 * time.
 *
 * <p>{@link #post}, {@link #wake}, {@link #isWatched} and {@link #stop} are for any thread, everything else for
 * messages, that is for the lane's own; once that has ended, for whoever posts, one at a time. The inbox needs no bound
 * of its own: a connection has at most a few messages under way, a request that waits for an answer one.
 */
final class Lane {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    /** Messages in a row before the next look for events. */
    private static final int MESSAGES = 256;

    /**
     * The same while events wait. When all clients come back at once, each message may hand one of them a whole page:
     * so many are about a millisecond, by which those who are live hear later.
     */
    private static final int MESSAGES_BEFORE_EVENTS = 16;

    /**
     * How long streams are looked after before the next look for events. A heartbeat is a write, and the end of a
     * client that has gone costs as much as thirty of them: a thousand of either would hold up who is live.
     */
    private static final Duration ATTENTION = Duration.ofMillis(1);

    /** A round's bounds: what is merged into one write. */
    private static final int ROUND_EVENTS = 64;

    private static final long ROUND_BYTES = 64 * 1024;

    /**
     * Where events come several at a time, a round waits for company, for this share of what the round before took.
     * Publishers go on when their last events have arrived everywhere, so the next ones come in bursts too: what is
     * written together costs little more than one event, and the wait next to nothing.
     */
    private static final int COMPANY_SHARE = 20;

    /**
     * How many such waits there are at the most, one behind the other, while fewer are there than can be expected. A
     * log on disk has the first of a burst durable before the others: it would go round alone, the others behind it,
     * and so would those that their publishers publish next, for ever.
     */
    private static final int COMPANY_WAITS = 4;

    /** The most and the least of such a wait. A thread does not sleep for less than the least anyway. */
    private static final Duration COMPANY_MOST = Duration.ofMillis(1);

    private static final Duration COMPANY_LEAST = Duration.ofNanos(50_000);

    // Any thread.
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final RecentEvents recent;
    private final HubScheduler.Worker worker;
    private final HubScheduler scheduler;
    private final HubStatistics statistics;
    private volatile boolean stopped;
    private volatile boolean waiting; // for company: there is no need to wake it for more events
    private volatile boolean vacant; // nobody is subscribed: nor for any event
    private volatile boolean watched; // somebody hears the hub's own topics; set by the lane's thread

    // The lane's thread only.
    private Duration company = Duration.ZERO; // how long to wait for it
    private long expected; // so many events: as the last round had, whose publishers go on, and as came meanwhile
    private int waits; // for those of the next round, so far
    private Duration roundDue;
    private final TopicIndex<Subscriber> index = new TopicIndex<>();
    private final Set<StreamSubscriber> streams = new HashSet<>();
    private final Set<PollSubscriber> polls = new HashSet<>();
    private final Set<StreamSubscriber> watchers = new HashSet<>();
    private final Queue<StreamSubscriber> unattended = new ArrayDeque<>(); // whom this tick has still to come to
    private final List<Subscriber> touched = new ArrayList<>();
    private long handled; // events up to this offset have been offered

    Lane(String name, RecentEvents recent, HubScheduler scheduler, HubStatistics statistics) {
        this.recent = recent;
        this.scheduler = scheduler;
        this.statistics = statistics;
        this.handled = recent.end();
        this.worker = scheduler.start(name, this::step);
    }

    /** Has the message handled behind all that were posted before. Never blocks. */
    void post(Runnable message) {
        inbox.add(message);
        worker.wake();
        if (stopped) {
            finish();
        }
    }

    /** There are new events. */
    void wake() {
        if (!waiting && !vacant) {
            worker.wake();
        }
    }

    /** Whether one of its streams hears the hub's own topics. */
    boolean isWatched() {
        return watched;
    }

    /** The offset of the newest event, which the lane may have to hand out yet. */
    long end() {
        return recent.end();
    }

    /** Ends the thread. From then on whoever posts a message handles it, and cuts or answers whom it brought. */
    void stop(Duration limit) {
        worker.stop(limit);
        stopped = true;
        finish();
    }

    /** In the place of the lane's thread, which has ended. */
    private synchronized void finish() {
        for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
            handle(message);
        }
        abortAll();
        List.copyOf(polls).forEach(poll -> handle(poll::expire));
    }

    long handled() {
        return handled;
    }

    Duration now() {
        return scheduler.elapsed();
    }

    void add(StreamSubscriber stream) {
        streams.add(stream);
    }

    void remove(StreamSubscriber stream) {
        streams.remove(stream);
        watch(stream, false);
    }

    /** Has a stream hear the hub's own topics, or not. */
    void watch(StreamSubscriber stream, boolean hears) {
        if (hears ? watchers.add(stream) : watchers.remove(stream)) {
            watched = !watchers.isEmpty();
        }
    }

    /** As they are now. */
    List<StreamSubscriber> streams() {
        return List.copyOf(streams);
    }

    /** Tells who hears the hub's own topics. */
    void show(List<HubState> states) {
        List.copyOf(watchers).forEach(stream -> stream.show(states));
    }

    void add(PollSubscriber poll) {
        polls.add(poll);
    }

    void remove(PollSubscriber poll) {
        polls.remove(poll);
    }

    void subscribe(Collection<TopicMatcher> topics, Subscriber subscriber) {
        index.add(topics, subscriber);
    }

    void unsubscribe(Collection<TopicMatcher> topics, Subscriber subscriber) {
        index.remove(topics, subscriber);
    }

    /** Events behind the position and up to what the lane has handled, as far as they are still in memory. */
    RecentEvents.Slice handledSince(long position) {
        return recent.between(position, handled);
    }

    /**
     * Has each subscriber looked after: heartbeats, deadlines. Streams in turns with rounds, so they may take a while.
     */
    void tick() {
        Duration now = now();
        List.copyOf(polls).forEach(poll -> poll.tick(now));
        if (unattended.isEmpty()) {
            unattended.addAll(streams);
        }
    }

    private void attend() {
        Duration start = now();
        while (!unattended.isEmpty() && now().minus(start).compareTo(ATTENTION) < 0) {
            StreamSubscriber stream = unattended.remove();
            handle(() -> stream.tick(now()));
        }
    }

    /** The server stops: streams say farewell and end when their clients have taken it, polls are answered. */
    void shutDown() {
        while (round()) {
            // What has a receipt comes before the farewell. There is an end to it: the appender has stopped.
        }
        streams().forEach(StreamSubscriber::shutDown);
        List.copyOf(polls).forEach(PollSubscriber::expire);
    }

    /** The time for that is over. */
    void abortAll() {
        streams().forEach(StreamSubscriber::abort);
    }

    private boolean step() {
        if (vacant) {
            handled = recent.end(); // what came meanwhile was for nobody
        }
        for (int i = 0; i < (recent.end() == handled ? MESSAGES : MESSAGES_BEFORE_EVENTS); i++) {
            Runnable message = inbox.poll();
            if (message == null) {
                break;
            }
            handle(message);
        }
        if (!unattended.isEmpty()) {
            attend(); // asks for the time, which a step of events alone need not
        }
        vacant = index.isEmpty(); // before the round looks for events: who sees it set has no need to wake
        boolean more = hasCompany() && round();
        return more || !inbox.isEmpty() || !unattended.isEmpty();
    }

    /** Whether the next round can begin; if not, the step is called again when it can. */
    private boolean hasCompany() {
        long events = recent.end() - handled;
        if (company.isZero() || events == 0) {
            waiting = false;
            return true;
        }
        Duration now = now();
        if (!waiting) {
            waits = 1;
            roundDue = now.plus(company);
        } else if (now.compareTo(roundDue) >= 0 && events < expected && waits < COMPANY_WAITS) {
            waits++;
            roundDue = now.plus(company);
        }
        waiting = now.compareTo(roundDue) < 0; // before the round looks for events: who sees it set has no need to wake
        if (waiting) {
            worker.wakeIn(roundDue.minus(now));
        }
        return !waiting;
    }

    /** A fault in one connection's handling must not take the lane's others with it. */
    private static void handle(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A lane's message failed", e);
        }
    }

    private boolean round() {
        Duration start = now();
        RecentEvents.Slice slice = recent.after(handled, ROUND_EVENTS, ROUND_BYTES);
        if (!slice.complete()) {
            fellBehind();
            return true;
        }
        Batch root = Batch.root();
        for (Entry entry : slice.entries()) {
            index.forEach(entry.topic(), subscriber -> {
                if (subscriber.offer(entry, root)) {
                    touched.add(subscriber);
                }
            });
            handled = entry.offset();
        }
        touched.forEach(subscriber -> handle(subscriber::flush));
        touched.clear();
        if (slice.entries().isEmpty()) {
            return false;
        }
        expected = Math.min(slice.entries().size() + recent.end() - handled, ROUND_EVENTS);
        company = expected > 1 ? company(now().minus(start)) : Duration.ZERO;
        return true;
    }

    private static Duration company(Duration round) {
        Duration share = round.dividedBy(COMPANY_SHARE);
        if (share.compareTo(COMPANY_LEAST) < 0) {
            return Duration.ZERO;
        }
        return share.compareTo(COMPANY_MOST) < 0 ? share : COMPANY_MOST;
    }

    /** Events come faster than this lane hands them out, so that memory no longer has the next ones. The log has. */
    private void fellBehind() {
        long next = recent.end();
        LOG.log(System.Logger.Level.DEBUG, "A lane fell behind by {0} events", next - handled);
        statistics.countFellBehind();
        streams().forEach(stream -> handle(stream::fallBehind));
        List.copyOf(polls).forEach(poll -> handle(poll::lookAgain));
        handled = next;
    }
}
