/**
 * What is said at the start of what was found: {@link org.tidings.report.Facts} go in, a
 * {@link org.tidings.report.StartReport} comes out, in plain words and with what to set where something is wrong
 * (docs/operations.md, "What the server says at its start").
 *
 * <p>Uses {@code config}, {@code hub} and {@code log.sqlite} for the settings. Values and pure functions: no I/O, no
 * threads. Who gathers the facts is in {@code report.probe}.
 */
package org.tidings.report;
