package org.tidings.report;

/**
 * The threads on which a server runs requests.
 *
 * @param most how many there are at the most
 * @param setting what to set to have more, and where
 */
public record RequestThreads(int most, String setting) {}
