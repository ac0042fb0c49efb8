package org.tidings.it.servers.shop;

/** How a transaction ends. */
public enum Outcome {
    COMMIT,
    ROLLBACK,
    /** It is marked for rollback before the events are fired. */
    MARKED
}
