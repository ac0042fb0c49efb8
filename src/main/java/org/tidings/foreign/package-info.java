/**
 * Objects of the server that Tidings runs on, whose classes it was not compiled against: they are asked by the names of
 * their methods ({@link org.tidings.foreign.ForeignObject}).
 *
 * <p>For the two packages that look behind Jakarta EE: {@code rest.servlet} for what a stream's socket is told,
 * {@code report.probe} for what a server shows of itself. A server may have changed, so nothing that is not there is an
 * error: it is empty. Plain Java, without threads and locks.
 */
package org.tidings.foreign;
