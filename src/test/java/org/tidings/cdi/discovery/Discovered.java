package org.tidings.cdi.discovery;

import org.tidings.api.Streamed;

/** In an archive of its own. */
@Streamed(topic = "found/{what}")
public record Discovered(String what) {}
