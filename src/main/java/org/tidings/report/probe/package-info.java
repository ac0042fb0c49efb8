/**
 * What gathers the facts of a start report: the process and its machine ({@link org.tidings.report.probe.ThisMachine}),
 * and what a make of server shows beyond Jakarta EE ({@link org.tidings.report.probe.ServerProbe}).
 *
 * <p>Uses {@code report}, and {@code config} for where the log is. No class of a server is named at compile time: JMX
 * and reflection only. What cannot be seen is empty, never an error. On the thread that starts the application, or, on
 * a server that is itself starting, on that server's own.
 */
package org.tidings.report.probe;
