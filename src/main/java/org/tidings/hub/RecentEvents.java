package org.tidings.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.tidings.api.ByteSize;

/**
 * The newest events, encoded: what the appender hands to the lanes, and what brings a connection that has caught up
 * with the log to where its lane stands. One for all lanes, bounded in bytes; who needs older events reads the log.
 *
 * <p>Any thread. The lock is held for copying a few references, never while something else is called.
 */
final class RecentEvents {
    /** What an entry costs besides its frame: objects, topic, data. Roughly; it bounds a window of tiny events. */
    private static final int ENTRY_COST = 256;

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Entry[] ring = new Entry[64]; // the length is a power of two

    @GuardedBy("lock")
    private int head;

    @GuardedBy("lock")
    private int size;

    @GuardedBy("lock")
    private long bytes;

    @GuardedBy("lock")
    private long start; // every event behind this offset is here

    RecentEvents(ByteSize limit, long end) {
        this.limit = limit.bytes();
        this.start = end;
    }

    /** Appends, and forgets the oldest beyond the limit; the newest always stays. */
    void add(List<Entry> appended) {
        lock.lock();
        try {
            for (Entry entry : appended) {
                addLocked(entry);
            }
            while (bytes > limit && size > 1) {
                removeOldestLocked();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything up to the offset: who needs it reads the log. */
    void forget(long offset) {
        lock.lock();
        try {
            while (size > 0) {
                removeOldestLocked();
            }
            start = Math.max(start, offset);
        } finally {
            lock.unlock();
        }
    }

    /** The offset of the newest event. */
    long end() {
        lock.lock();
        try {
            return size == 0 ? start : getLocked(size - 1).offset();
        } finally {
            lock.unlock();
        }
    }

    /** The events behind an offset, oldest first, as far as the limits go (at least one, if there is any). */
    Slice after(long offset, int maxEvents, long maxBytes) {
        lock.lock();
        try {
            if (offset < start) {
                return new Slice(false, List.of());
            }
            var slice = new ArrayList<Entry>();
            long length = 0;
            for (int i = indexBehindLocked(offset); i < size && slice.size() < maxEvents; i++) {
                Entry entry = getLocked(i);
                length += entry.frame().length();
                if (length > maxBytes && !slice.isEmpty()) {
                    break;
                }
                slice.add(entry);
            }
            return new Slice(true, slice);
        } finally {
            lock.unlock();
        }
    }

    /** The events behind an offset and up to another, oldest first. */
    Slice between(long offset, long through) {
        lock.lock();
        try {
            if (offset < start) {
                return new Slice(false, List.of());
            }
            int first = indexBehindLocked(offset);
            int behind = indexBehindLocked(through);
            var slice = new ArrayList<Entry>(Math.max(0, behind - first));
            for (int i = first; i < behind; i++) {
                slice.add(getLocked(i));
            }
            return new Slice(true, slice);
        } finally {
            lock.unlock();
        }
    }

    /** The newest events behind an offset, at most so many, oldest first; complete if these are all behind it. */
    Slice newest(long offset, int most) {
        lock.lock();
        try {
            int first = indexBehindLocked(offset);
            var slice = new ArrayList<Entry>();
            for (int i = Math.max(first, size - most); i < size; i++) {
                slice.add(getLocked(i));
            }
            return new Slice(offset >= start && size - first <= most, slice);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void addLocked(Entry entry) {
        if (size == ring.length) {
            var larger = new Entry[2 * size];
            for (int i = 0; i < size; i++) {
                larger[i] = getLocked(i);
            }
            ring = larger;
            head = 0;
        }
        ring[(head + size) & (ring.length - 1)] = entry;
        size++;
        bytes += entry.frame().length() + ENTRY_COST;
    }

    @GuardedBy("lock")
    private void removeOldestLocked() {
        Entry oldest = getLocked(0);
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        bytes -= oldest.frame().length() + ENTRY_COST;
        start = oldest.offset();
    }

    /** The index of the first entry behind the offset, by halving: offsets rise, but not always by one. */
    @GuardedBy("lock")
    private int indexBehindLocked(long offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (getLocked(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @GuardedBy("lock")
    private Entry getLocked(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    /**
     * Some of the newest events.
     *
     * @param complete false if events behind the asked offset have been forgotten; {@link #after} gives none then
     */
    record Slice(boolean complete, List<Entry> entries) {}
}
