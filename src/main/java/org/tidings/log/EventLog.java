package org.tidings.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tidings.api.Event;
import org.tidings.api.EventLogException;
import org.tidings.api.EventType;
import org.tidings.api.Publication;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;

/**
 * Events in the order in which they were appended, each at an offset. The SPI that engines implement; what an engine
 * must do is what {@code EventLogContract} (in the tests) asks of it.
 *
 * <p><b>Order.</b> Offsets rise with every append, not always by one. The offsets of one log share an epoch, which
 * lives as long as its content: a log that persists keeps it when it is opened again, a new log has a new one.
 *
 * <p><b>Threads.</b> {@link #append} and {@link #retain} are called by one thread at a time, everything else by any
 * thread at any time. {@link #read} may block on I/O, and holds up no append for longer than a page takes.
 *
 * <p><b>Failure.</b> {@link EventLogException}; the log is then as it was before the call and can be used again.
 */
public interface EventLog extends AutoCloseable {
    /** The type of the event that ends a topic. */
    EventType END = new EventType("$end");

    /** Whether an event of this type ends its topic. */
    static boolean isEnd(Optional<EventType> type) {
        return type.filter(END::equals).isPresent();
    }

    /** Names this log's content; see {@link org.tidings.api.EventId}. */
    String epoch();

    /** The offset of the newest event, 0 before the first. Never falls, even when that event is removed. */
    long end();

    /**
     * The offset up to which nothing is left of the topics, because retention has removed it; 0 before the first
     * removal. Behind it events may have been removed too where some of the topics are kept longer than others;
     * {@link Page#lostThrough} tells.
     */
    long trimmed(TopicSelector topics);

    /**
     * Sets who is told of every event that is appended from then on, by this node or, where the engine spans several,
     * by another: each event once, in order, durable, from one thread at a time, and for this node's own before
     * {@link #append} returns. Called once, before the first append.
     */
    void follow(Consumer<List<Event>> follower);

    /**
     * Appends the batch, all or nothing. When this returns it is as durable as the engine is set to be.
     *
     * @param now the events' time, of which the log keeps milliseconds
     * @return the events, in the order of the batch
     * @throws EventLogException if nothing was appended
     */
    List<Event> append(List<Publication> batch, Instant now);

    /** Whether {@link #append} may wait: for a disk, for another node. If not, whoever publishes calls it himself. */
    default boolean appendWaits() {
        return true;
    }

    /**
     * Reads on from an offset.
     *
     * @param after events behind this offset are read; from 0 to {@link #end}
     * @return the events of the topics, oldest first, within the limit; the page may hold fewer than there are, even
     *     none, and {@link Page#through} says how far it looked
     */
    Page read(long after, TopicSelector topics, PageLimit limit);

    /**
     * The offset of the newest {@link #END} event of the topic, while the log has it. Cheap: asked for each
     * publication.
     */
    OptionalLong endOf(TopicName topic);

    /**
     * Removes what is too old by now; removal by count and size goes with {@link #append}. Takes a short time: may stop
     * early. An event whose time is still to come was stamped by a clock that was ahead, and counts as old as the next
     * one.
     *
     * @return whether it stopped early and should be called again, soon
     */
    boolean retain(Instant now);

    /**
     * How much there is. For operators; may block on I/O for a moment.
     *
     * @throws EventLogException if that cannot be told now
     */
    LogSize size();

    /**
     * Releases files and memory. Further calls, except this one and {@link #epoch}, throw {@link EventLogException}.
     */
    @Override
    void close();
}
