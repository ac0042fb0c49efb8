package org.tidings.log;

import org.tidings.api.ByteSize;

/**
 * How much a log has.
 *
 * @param events how many
 * @param size what the engine takes for them, on disk where it keeps them there
 */
public record LogSize(long events, ByteSize size) {}
