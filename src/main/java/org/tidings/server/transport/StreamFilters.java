package org.tidings.server.transport;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents.ResponseCompleteEvent;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * What keeps Grizzly's HTTP layer away from a connection that carries a stream (HTTP/1): no keep-alive timer, no
 * request behind the first. A client that sends anything there is cut.
 */
final class StreamFilters {
    private static final Attribute<Boolean> DETACHED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StreamFilters.class.getName());

    private StreamFilters() {}

    /** One below the codec, for bytes that come later, and one above it, for requests that came with the first. */
    static void add(FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class) + 1, new Above());
        chain.add(chain.indexOfType(HttpServerFilter.class), new Below());
    }

    static void detach(Connection<?> connection) {
        DETACHED.set(connection, Boolean.TRUE);
    }

    private static boolean isDetached(FilterChainContext context) {
        return DETACHED.get(context.getConnection()) != null;
    }

    private static class Below extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            if (isDetached(context)) {
                context.getConnection().terminateSilently();
                return context.getStopAction();
            }
            return context.getInvokeAction();
        }
    }

    private static final class Above extends Below {
        @Override
        public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
            return event.type() == ResponseCompleteEvent.TYPE && isDetached(context)
                    ? context.getStopAction()
                    : context.getInvokeAction();
        }
    }
}
