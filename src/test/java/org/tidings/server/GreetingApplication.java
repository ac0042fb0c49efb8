package org.tidings.server;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** A user's application as one writes it for a Jakarta EE server: it names no classes. */
@ApplicationPath("/greeting")
public class GreetingApplication extends Application {}
