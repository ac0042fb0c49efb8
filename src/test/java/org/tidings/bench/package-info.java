/**
 * The benchmark: {@code ./bench} starts a server and a load client, each in its own process, and prints what they did.
 * Needs nothing but the JDK, so that the client is cheap; the exceptions run in other processes:
 * {@link org.tidings.bench.JerseyBaseline}, {@link org.tidings.bench.BroadcasterApplication} and
 * {@link org.tidings.bench.LogClient}. docs/performance.md says what the numbers mean and how to repeat them.
 */
package org.tidings.bench;
