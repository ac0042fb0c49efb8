package org.tidings.report;

import java.util.Optional;

/**
 * A filter or the servlet that a request for a stream goes through.
 *
 * @param name which, as {@code filter audit}
 * @param async whether it supports asynchronous requests, which every stream is; empty: this cannot be seen
 */
public record ChainLink(String name, Optional<Boolean> async) {}
