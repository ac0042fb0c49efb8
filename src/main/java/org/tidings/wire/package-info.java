/**
 * {@code text/event-stream}: what goes over the wire, after the WHATWG HTML standard, section 9.2 (Server-sent events).
 *
 * <p>Pure functions and immutable values: no I/O, no threads, no clock. Uses nothing of Tidings' own.
 */
package org.tidings.wire;
