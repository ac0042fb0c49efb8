package org.tidings.api;

/**
 * The caller asked for something that cannot be done. Nothing was done.
 *
 * @since 0.1
 */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    /** @param detail what was wrong, with the value and what is allowed: one plain sentence without line breaks */
    public RejectedException(RejectionReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** Why. */
    public RejectionReason reason() {
        return reason;
    }
}
