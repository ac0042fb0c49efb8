/**
 * The benchmark: {@code ./bench} starts a server and a load client, each in its own process, and prints what they did.
 * Needs nothing but the JDK, so that the client is cheap; the one exception is
 * {@link org.tidings.bench.JerseyBaseline}. docs/performance.md says what the numbers mean and how to repeat them.
 */
package org.tidings.bench;
