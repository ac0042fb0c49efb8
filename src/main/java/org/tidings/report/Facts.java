package org.tidings.report;

import org.tidings.config.Settings;

/**
 * All that the report is made of.
 *
 * @param transport how events reach the clients
 */
public record Facts(Settings settings, String transport, ServerFacts server, Machine machine) {}
