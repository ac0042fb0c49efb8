package org.tidings.bench;

/**
 * What is published.
 *
 * @param publishers connections that publish, each one event at a time
 * @param rate events a second of all together; 0 is as fast as {@code kind} lets them
 * @param size of an event's data, in bytes
 * @param first so many events are published before what is measured, as fast as they are heard
 */
record Load(Kind kind, int publishers, double rate, int size, long first) {
    enum Kind {
        /** Each publisher goes on when its last event was heard by all: so many events are outstanding. */
        WINDOW,
        /** At a rate, whatever is heard. */
        RATE,
        /** Each publisher goes on when it was answered; nobody subscribes to the topic. */
        ALONE,
        /** Nothing: the connections are what is measured. */
        NONE
    }

    /** Enough that a publisher is free when an event is due, also where the answer waits for the fan-out. */
    private static final int PUBLISHERS_OF_RATE = 8;

    private static final int SMALL = 64;

    static Load window(int outstanding) {
        return new Load(Kind.WINDOW, outstanding, 0, SMALL, 0);
    }

    static Load rate(double perSecond) {
        return new Load(Kind.RATE, PUBLISHERS_OF_RATE, perSecond, SMALL, 0);
    }

    static Load alone(int publishers) {
        return new Load(Kind.ALONE, publishers, 0, SMALL, 0);
    }

    static Load none() {
        return new Load(Kind.NONE, 0, 0, SMALL, 0);
    }

    Load ofSize(int bytes) {
        return new Load(kind, publishers, rate, bytes, first);
    }

    Load after(long events) {
        return new Load(kind, publishers, rate, size, events);
    }
}
