package org.tidings.log;

import java.time.Duration;
import org.tidings.api.ByteSize;

/**
 * How much the log keeps; whichever bound is met first removes the oldest events. The newest event always stays.
 *
 * @param age by the events' time
 * @param events how many
 * @param size data, topics and types together; engines add what their own bookkeeping costs
 */
public record Retention(Duration age, long events, ByteSize size) {
    /** 24 hours, 1,000,000 events or 1 GiB. */
    public static final Retention DEFAULTS = new Retention(Duration.ofHours(24), 1_000_000, ByteSize.mebi(1024));

    public Retention {
        if (age.isNegative() || age.isZero() || events < 1 || size.bytes() < 1) {
            throw new IllegalArgumentException(
                    "retention of %s, %d events, %s: each must be more than nothing".formatted(age, events, size));
        }
    }
}
