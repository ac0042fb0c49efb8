package org.tidings.log;

import java.util.Arrays;
import java.util.List;
import org.tidings.api.Event;

/**
 * Events in the order of their offsets, in a ring that grows and shrinks: added at one end, removed at the other, found
 * by index, each in constant time (amortised). Not safe for threads.
 */
final class EventRing {
    private static final int LEAST_CAPACITY = 4;

    // The length is a power of two, so that an index becomes a place by masking.
    private Event[] places = new Event[LEAST_CAPACITY];
    private int first;
    private int size;

    int size() {
        return size;
    }

    /** How many events there is room for. */
    int capacity() {
        return places.length;
    }

    Event get(int index) {
        return places[(first + index) & (places.length - 1)];
    }

    /** Makes room for more events, so that adding them cannot fail; gives up room that is no longer needed. */
    void reserve(int more) {
        int needed = Math.max(LEAST_CAPACITY, Math.addExact(size, more));
        int fitting = Integer.highestOneBit(needed - 1) << 1;
        if (fitting > places.length || fitting < places.length / 4) {
            resize(fitting);
        }
    }

    /** Room was made for it: {@link #reserve} here would give up what the rest of a batch needs. */
    void add(Event event) {
        places[(first + size) & (places.length - 1)] = event;
        size++;
    }

    Event removeFirst() {
        Event removed = places[first];
        places[first] = null;
        first = (first + 1) & (places.length - 1);
        size--;
        return removed;
    }

    /** Of the first event behind an offset, or {@link #size} if there is none. */
    int indexBehind(long offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).id().offset() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The events from an index on, at most so many. */
    List<Event> slice(int from, int most) {
        var slice = new Event[Math.min(most, size - from)];
        copy(from, slice, slice.length);
        return Arrays.asList(slice);
    }

    private void resize(int capacity) {
        var resized = new Event[capacity];
        copy(0, resized, size);
        places = resized;
        first = 0;
    }

    private void copy(int from, Event[] target, int count) {
        int place = (first + from) & (places.length - 1);
        int untilEdge = Math.min(count, places.length - place);
        System.arraycopy(places, place, target, 0, untilEdge);
        System.arraycopy(places, 0, target, untilEdge, count - untilEdge);
    }
}
