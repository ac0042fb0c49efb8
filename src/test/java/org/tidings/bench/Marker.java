package org.tidings.bench;

/**
 * What a published event carries: {@code ~T<19 digits>~}, then padding up to its size. The digits are the publisher's
 * number and the time of its call.
 */
final class Marker {
    static final int DIGITS = 19;

    /** With the frame. */
    static final int LENGTH = DIGITS + 3;

    /** Sixteen digits of nanoseconds: a hundred days, counted from the start of this process. */
    private static final long PUBLISHER = 10_000_000_000_000_000L;

    private static final long ORIGIN = System.nanoTime();

    private Marker() {}

    /** An event's data with a marker of zeros. */
    static byte[] data(int size) {
        if (size < LENGTH) {
            throw new IllegalArgumentException("an event of " + size + " bytes has no room for its marker");
        }
        return ("~T" + "0".repeat(DIGITS) + "~" + "x".repeat(size - LENGTH))
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Writes the digits of a value into data that begins at an offset. */
    static void stamp(byte[] data, int offset, long value) {
        long rest = value;
        for (int i = offset + 1 + DIGITS; i > offset + 1; i--) {
            data[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static long value(int publisher, long time) {
        return publisher * PUBLISHER + time;
    }

    static int publisher(long value) {
        return (int) (value / PUBLISHER);
    }

    static long time(long value) {
        return value % PUBLISHER;
    }

    /** Nanoseconds. */
    static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
