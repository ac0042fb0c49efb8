package org.tidings.api;

/**
 * What a stream is to carry, step by step; see {@link Hub#connect}. For one thread and one use.
 *
 * @since 0.1
 */
public interface StreamOpening {
    /**
     * The topics and patterns, in place of earlier ones.
     *
     * @throws RejectedException if one is malformed or reserved, if there is none, or if there are too many
     */
    StreamOpening topics(String... matchers);

    /**
     * Where to go on from: the client's {@code Last-Event-ID}, as it came, or {@code earliest}. {@code null} or empty
     * (the header was absent) means from now on. Anything else that is not an id of this log leads to a {@code $gap}.
     */
    StreamOpening after(String lastEventId);

    /**
     * Opens the stream and returns at once. If the client has nothing left to hear, because all of its topics were
     * ended, this throws the {@code WebApplicationException} that answers 204, upon which an {@code EventSource} does
     * not come back: let it leave the resource method.
     *
     * @return the connection's id, as in its {@code $hello}
     * @throws IllegalStateException if no topics were given, or if it was opened before
     * @throws RejectedException if the hub is stopping
     */
    String open();
}
