/**
 * The core: publishes to the log, fans out to the connections, replays. {@link org.tidings.hub.EventHub} is the way in,
 * {@link org.tidings.hub.Connection} is what transports implement, {@link org.tidings.hub.HubScheduler} the only door
 * to time and threads.
 *
 * <p>Uses {@code api}, {@code wire} and {@code log}; plain Java. A lane is one thread that owns its connections and all
 * that belongs to them; everything else reaches it as a message in its inbox (docs/concurrency.md). Nothing here blocks
 * but the appender (on the log's append), the readers (on the log's read), and who waits for a receipt or for the stop.
 */
package org.tidings.hub;
