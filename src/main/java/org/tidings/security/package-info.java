/**
 * Who may do what over HTTP: for now, who may publish, and who is an operator.
 *
 * <p>Uses {@code api} only; plain Java. Decisions are pure functions of the settings and of what the request says, with
 * no I/O, safe for any thread.
 */
package org.tidings.security;
