/**
 * The demo behind {@code index.html}: three domain events that are streamed, and the few resources that fire them. It
 * looks as an application would that uses Tidings, and knows nothing of streams.
 *
 * <p>Uses {@code api}, and of {@code config}, {@code security} and {@code rest} what guards a request and answers a bad
 * one; nothing uses it. Jobs run on the one thread of {@link org.tidings.demo.Jobs}.
 */
package org.tidings.demo;
