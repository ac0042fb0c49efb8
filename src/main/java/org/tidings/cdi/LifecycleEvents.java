package org.tidings.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.inject.Inject;
import org.tidings.api.DisconnectReason;
import org.tidings.api.SubscriberConnected;
import org.tidings.api.SubscriberDisconnected;
import org.tidings.api.TopicSelector;
import org.tidings.hub.HubListener;

/**
 * Fires what the hub tells as CDI events, on the hub's thread for that, with a request context, so that observers may
 * use request-scoped beans. What an observer throws is logged and ends there.
 */
@Dependent
class LifecycleEvents implements HubListener {
    private static final System.Logger LOG = System.getLogger(LifecycleEvents.class.getName());

    private final Event<SubscriberConnected> connected;
    private final Event<SubscriberDisconnected> disconnected;
    private final RequestContextController request;
    private final BeanContainer beans;

    @Inject
    LifecycleEvents(
            Event<SubscriberConnected> connected,
            Event<SubscriberDisconnected> disconnected,
            RequestContextController request,
            BeanContainer beans) {
        this.connected = connected;
        this.disconnected = disconnected;
        this.request = request;
        this.beans = beans;
    }

    @Override
    public void connected(String connection, TopicSelector topics) {
        fire(connected, new SubscriberConnected(connection, topics));
    }

    @Override
    public void disconnected(String connection, DisconnectReason reason) {
        fire(disconnected, new SubscriberDisconnected(connection, reason));
    }

    private <T> void fire(Event<T> event, T payload) {
        if (beans.resolveObserverMethods(payload).isEmpty()) {
            return; // a request context costs more than the rest of an opening's news
        }
        boolean activated = request.activate();
        try {
            event.fire(payload);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "An observer of " + payload + " failed", e);
        } finally {
            if (activated) {
                request.deactivate();
            }
        }
    }
}
