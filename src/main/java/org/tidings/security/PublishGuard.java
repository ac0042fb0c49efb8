package org.tidings.security;

import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/**
 * Decides who may publish over HTTP, until there are rights: anyone ({@code tidings.publish=anyone}), or who is on this
 * machine and not a web page of another site.
 *
 * <p>That the server listens on loopback is not enough for the second. A page from anywhere runs in a browser on this
 * machine: it can post here (its {@code Origin} tells), and with a name that first resolves to its own server and then
 * to 127.0.0.1 it is even same-origin (DNS rebinding; its {@code Host} tells). Behind a proxy on this machine everybody
 * comes from here, and the {@code Host} is what the proxy, or its client, likes: what was passed on is never local.
 */
public final class PublishGuard {
    private static final String REMEDY = "; tidings.publish=anyone allows it to everybody";

    private final boolean anyone;
    private final boolean loopback;

    /**
     * @param anyone whether {@code tidings.publish} is {@code anyone}
     * @param loopback whether the server is known to listen on loopback only
     */
    public PublishGuard(boolean anyone, boolean loopback) {
        this.anyone = anyone;
        this.loopback = loopback;
    }

    /**
     * Lets a request pass that may publish or end topics.
     *
     * @throws RejectedException otherwise
     */
    public void check(Caller caller) {
        if (anyone) {
            return;
        }
        require(loopback, "publishing over HTTP is allowed only while the server listens on a loopback address");
        require(
                !caller.forwarded(),
                "publishing over HTTP is allowed only from this machine, and a proxy has passed the request on");
        require(
                caller.hasLoopbackHost(),
                "publishing over HTTP is allowed only to localhost, and the request's Host is another");
        require(caller.isOfSameOrigin(), "publishing over HTTP is not allowed to web pages of another origin");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RejectedException(RejectionReason.PUBLISHING_FORBIDDEN, otherwise + REMEDY);
        }
    }
}
