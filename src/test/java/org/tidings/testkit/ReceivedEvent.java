package org.tidings.testkit;

/**
 * An event as an {@code EventSource} dispatches it.
 *
 * @param id the last event id at that moment; empty if there was none
 * @param type {@code message} if the stream gave none
 * @param data the lines, joined by LF
 */
public record ReceivedEvent(String id, String type, String data) {}
