package org.tidings.log.sqlite;

/**
 * What retention has to know of an event.
 *
 * @param topic its topic's id
 * @param end whether it ends its topic
 * @param time in milliseconds since 1970
 * @param bytes about what it takes in the file
 */
record StoredEvent(long position, long topic, boolean end, long time, long bytes) {
    /** About what an event takes besides its data: row, index entry, type, a share of the free space, in bytes. */
    static final int ROW = 48;
}
