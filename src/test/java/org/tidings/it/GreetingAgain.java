package org.tidings.it;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Another application where the greeting is. */
@ApplicationPath("/greeting/*")
public class GreetingAgain extends Application {}
