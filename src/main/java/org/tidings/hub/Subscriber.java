package org.tidings.hub;

/** Who is in a lane's topic index. For the lane's thread. */
interface Subscriber {
    /**
     * An event of one of its topics. May be offered more than once, for several matchers. Only takes note:
     * {@link #flush} follows at the end of the round, for those who answer {@code true}.
     *
     * @param round where the round's batches begin
     * @return whether this is the first of the round for this subscriber
     */
    boolean offer(Entry entry, Batch round);

    /** The round is over. */
    void flush();
}
