/**
 * What applications import: annotations, the {@link org.tidings.api.Hub}, its values, lifecycle events and exceptions.
 *
 * <p>Depends on nothing of Tidings. Outside {@code java..} it may name annotations of {@code jakarta.inject} and
 * {@code jakarta.enterprise}, and {@code jakarta.ws.rs.sse.SseEventSink}, the one thing that an application hands over
 * (docs/adr/0002-api-names-the-sink.md). Values are immutable and checked when they are built; no {@code null} goes in
 * or out unless a method says so.
 */
package org.tidings.api;
