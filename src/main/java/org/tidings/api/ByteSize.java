package org.tidings.api;

/**
 * An amount of memory or disk.
 *
 * @param bytes not negative
 * @since 0.1
 */
public record ByteSize(long bytes) {
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    /** So many KiB (1,024 bytes). */
    public static ByteSize kibi(long count) {
        return new ByteSize(Math.multiplyExact(count, 1024L));
    }

    /** So many MiB (1,048,576 bytes). */
    public static ByteSize mebi(long count) {
        return kibi(Math.multiplyExact(count, 1024L));
    }

    /** As in the configuration: {@code 256KiB}, {@code 1GiB}, {@code 100B}. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        long value = bytes;
        int unit = 0;
        while (unit < units.length - 1 && value > 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }
}
