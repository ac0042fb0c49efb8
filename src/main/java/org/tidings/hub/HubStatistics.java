package org.tidings.hub;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.tidings.api.DisconnectReason;

/** Counts what the hub does, since its start. Any thread may read; a reading of several is not one moment's. */
public final class HubStatistics {
    private final LongAdder published = new LongAdder();
    private final LongAdder logFailures = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder queuedBytes = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final LongAdder fellBehind = new LongAdder();
    private final Map<DisconnectReason, LongAdder> closed = counters(DisconnectReason.class);
    private final Map<Gap.Reason, LongAdder> gaps = counters(Gap.Reason.class);

    HubStatistics() {}

    /** Events that the log took. */
    public long published() {
        return published.sum();
    }

    /** Events handed to connections, replayed ones included. */
    public long delivered() {
        return delivered.sum();
    }

    /** Bytes handed to connections, heartbeats and the hub's own words included; without the framing of HTTP. */
    public long writtenBytes() {
        return writtenBytes.sum();
    }

    /** Events handed to connections that were catching up. */
    public long replayed() {
        return replayed.sum();
    }

    /** Streams opened. */
    public long opened() {
        return opened.sum();
    }

    /** Streams that are open now. */
    public long connections() {
        return opened() - closed.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Streams that ended for the reason. */
    public long closed(DisconnectReason reason) {
        return closed.get(reason).sum();
    }

    /** Gaps that subscribers were told of, for the reason. */
    public long gaps(Gap.Reason reason) {
        return gaps.get(reason).sum();
    }

    /** How often a send queue was full. */
    public long overflows() {
        return overflows.sum();
    }

    /** How often a lane was too slow for the events that came and sent its streams to the log for them. */
    public long fellBehind() {
        return fellBehind.sum();
    }

    /** Bytes that wait in send queues now, those that transports hold included. */
    public long queuedBytes() {
        return queuedBytes.sum();
    }

    /** How often the log took none of the events that were to be appended together. */
    public long logFailures() {
        return logFailures.sum();
    }

    void countLogFailure() {
        logFailures.increment();
    }

    void countPublished(int events) {
        published.add(events);
    }

    void countDelivered(int events, int bytes) {
        delivered.add(events);
        writtenBytes.add(bytes);
    }

    void countReplayed(int events) {
        replayed.add(events);
    }

    void countOpened() {
        opened.increment();
    }

    void countClosed(DisconnectReason reason) {
        closed.get(reason).increment();
    }

    void countGap(Gap.Reason reason) {
        gaps.get(reason).increment();
    }

    void countOverflow() {
        overflows.increment();
    }

    void countFellBehind() {
        fellBehind.increment();
    }

    void addQueued(long bytes) {
        queuedBytes.add(bytes);
    }

    private static <E extends Enum<E>> Map<E, LongAdder> counters(Class<E> type) {
        var map = new EnumMap<E, LongAdder>(type);
        for (E constant : type.getEnumConstants()) {
            map.put(constant, new LongAdder());
        }
        return map;
    }
}
