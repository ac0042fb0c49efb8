/**
 * The log: every published event in the order in which it was taken, for as long as retention keeps it.
 * {@link org.tidings.log.EventLog} is the interface that engines implement; {@link org.tidings.log.InMemoryEventLog} is
 * the one that forgets at the end of the process.
 *
 * <p>Uses {@code api} only; plain Java. An engine is appended to by one thread and read by any number. Time is handed
 * in.
 */
package org.tidings.log;
