package org.tidings.it.greeting;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Names no classes: all there are. */
@ApplicationPath("greeting")
public class GreetingApplication extends Application {}
