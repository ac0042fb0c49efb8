package org.tidings.log;

import org.tidings.api.ByteSize;

/**
 * How much one page may hold. A page that has any event to give has at least one, whatever its size.
 *
 * @param events at least 1
 * @param data the data of the events together, in bytes of UTF-8 or in characters, as the engine counts
 */
public record PageLimit(int events, ByteSize data) {
    public PageLimit {
        if (events < 1) {
            throw new IllegalArgumentException("a page of " + events + " events; at least 1");
        }
    }
}
