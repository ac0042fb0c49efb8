/**
 * The benchmark: {@code ./bench} starts a server and a load client, each in its own process, and prints what they did.
 * Needs nothing but the JDK, so that the client is cheap; the exceptions are {@link org.tidings.bench.JerseyBaseline}
 * and {@link org.tidings.bench.LogClient}, which run in processes of their own. docs/performance.md says what the
 * numbers mean and how to repeat them.
 */
package org.tidings.bench;
