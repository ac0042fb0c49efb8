package org.tidings.bench;

import java.util.function.LongConsumer;

/**
 * Finds the markers in what one connection reads, however the reads cut it, without allocating.
 *
 * @see Marker
 */
final class MarkerScanner {
    /** Bytes behind a marker that cannot hold the next one: the padding. */
    private final int padding;

    private final LongConsumer found;

    /** How much of a marker the last bytes were. */
    private int matched;

    private long value;
    private int skip;

    MarkerScanner(int size, LongConsumer found) {
        this.padding = size - Marker.LENGTH;
        this.found = found;
    }

    void scan(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            if (skip > 0) {
                int skipped = Math.min(skip, length - i);
                skip -= skipped;
                i += skipped;
            } else if (matched == 0) {
                i = begin(bytes, i, length);
            } else {
                step(bytes[i++]);
            }
        }
    }

    /** Looks for a marker's first byte; returns where to go on. */
    private int begin(byte[] bytes, int from, int length) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '~') {
                matched = 1;
                return i + 1;
            }
        }
        return length;
    }

    private void step(byte b) {
        if (matched == 1 && b == 'T') {
            matched = 2;
            value = 0;
        } else if (matched >= 2 && matched < 2 + Marker.DIGITS && b >= '0' && b <= '9') {
            value = value * 10 + (b - '0');
            matched++;
        } else if (matched == 2 + Marker.DIGITS && b == '~') {
            matched = 0;
            skip = padding;
            found.accept(value);
        } else {
            matched = b == '~' ? 1 : 0;
        }
    }
}
