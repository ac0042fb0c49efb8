package org.tidings.server;

import java.io.IOException;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents.IncomingHttpUpgradeEvent;

/**
 * Leaves a client's offer to speak another protocol (Java's HttpClient offers HTTP/2 with every first request) without
 * an answer, as HTTP has it. Without this, Grizzly takes the request for one whose body never ends, and a publisher
 * waits for ever.
 */
final class UpgradeOffers extends BaseFilter {
    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) throws IOException {
        if (event instanceof IncomingHttpUpgradeEvent offer) {
            offer.getHttpHeader().setIgnoreContentModifiers(false);
            offer.getHttpHeader().getUpgradeDC().recycle(); // or it closes the connection behind the answer
            return context.getStopAction();
        }
        return context.getInvokeAction();
    }
}
