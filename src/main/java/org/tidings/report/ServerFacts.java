package org.tidings.report;

import java.util.List;
import java.util.Optional;

/**
 * What a server shows of itself. What is empty cannot be seen.
 *
 * @param name and version
 * @param listeners where it takes connections
 * @param chain what a request for a stream goes through
 * @param threads where requests run
 */
public record ServerFacts(
        String name,
        Optional<List<Listener>> listeners,
        Optional<List<ChainLink>> chain,
        Optional<RequestThreads> threads) {}
