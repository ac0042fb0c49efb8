package org.tidings.demo;

import java.time.Instant;
import org.tidings.api.Streamed;

/** A message was just received. */
@Streamed(topic = "demo/messages", type = "message-received")
public record MessageReceived(String from, String text, Instant time) {}
