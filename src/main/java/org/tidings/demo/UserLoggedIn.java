package org.tidings.demo;

import java.time.Instant;
import org.tidings.api.Streamed;

/** A user just logged in. */
@Streamed(topic = "demo/users", type = "user-logged-in")
public record UserLoggedIn(String name, Instant time) {}
