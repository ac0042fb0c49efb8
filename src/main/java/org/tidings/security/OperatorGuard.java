package org.tidings.security;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;

/**
 * Decides who is an operator, until there are rights: who sits at this machine, or has logged in to it. An operator
 * hears the hub's own topics, and the ids of connections among them, and ends connections; no setting gives that to
 * anybody else.
 *
 * <p>The same questions as in {@link PublishGuard}, for the same attacks; see there.
 */
public final class OperatorGuard {
    private final BooleanSupplier loopback;

    /** @param loopback whether the request that the calling thread serves came over this machine's loopback */
    public OperatorGuard(BooleanSupplier loopback) {
        this.loopback = loopback;
    }

    /**
     * Lets a request pass that asks for topics.
     *
     * @throws RejectedException if some are the hub's own, and the caller is no operator
     */
    public void check(Caller caller, Collection<TopicMatcher> topics) {
        if (topics.stream().anyMatch(TopicMatcher::isReserved)) {
            check(caller);
        }
    }

    /**
     * Lets an operator's request pass.
     *
     * @throws RejectedException otherwise
     */
    public void check(Caller caller) {
        require(loopback.getAsBoolean(), "this request does not come over its loopback address");
        require(!caller.forwarded(), "a proxy has passed this request on");
        require(caller.hasLoopbackHost(), "this request's Host is not localhost");
        require(caller.isOfSameOrigin(), "this request is of a web page of another origin");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RejectedException(
                    RejectionReason.OPERATORS_ONLY,
                    "the hub's own topics and connections are for operators, who are on this machine only; "
                            + otherwise);
        }
    }
}
