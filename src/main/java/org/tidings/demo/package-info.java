/**
 * The demo behind {@code index.html}: three domain events that are streamed, and the few resources that fire them. What
 * an application looks like that uses Tidings; it knows nothing of streams.
 *
 * <p>Answers only where the server listens on loopback, elsewhere only with {@code tidings.demo=on}. Uses {@code api},
 * and of {@code config}, {@code security} and {@code rest} what guards and answers a request; nothing uses it. A job
 * runs on the one thread of {@link org.tidings.demo.Jobs}, which alone touches it.
 */
package org.tidings.demo;
