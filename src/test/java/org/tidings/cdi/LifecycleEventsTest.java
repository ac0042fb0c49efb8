package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.tidings.api.DisconnectReason;
import org.tidings.api.SubscriberConnected;
import org.tidings.api.SubscriberDisconnected;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;

class LifecycleEventsTest {
    private static final TopicSelector TOPICS = TopicSelector.of(List.of(new TopicMatcher("news")));

    @AutoClose
    private final WeldContainer container = new Weld()
            .disableDiscovery()
            .beanClasses(LifecycleEvents.class, Heard.class, Calls.class)
            .initialize();

    private final LifecycleEvents listener =
            container.select(LifecycleEvents.class).get();
    private final Heard heard = container.select(Heard.class).get();

    @Test
    void connectionsAreEvents() {
        listener.connected("c1", TOPICS);
        listener.disconnected("c1", DisconnectReason.STALLED);

        assertThat(heard.events())
                .containsExactly(
                        new SubscriberConnected("c1", TOPICS),
                        new SubscriberDisconnected("c1", DisconnectReason.STALLED));
    }

    @Test
    void eachEventHasARequestOfItsOwn() {
        listener.connected("c1", TOPICS);
        listener.connected("c2", TOPICS);

        assertThat(heard.callsInRequest()).containsExactly(1, 1);
    }

    @Test
    void anObserverThatFailsDoesNotEndTheHubsThread() {
        listener.connected("fails", TOPICS);
        listener.disconnected("fails", DisconnectReason.CLOSED);

        assertThat(heard.events()).containsExactly(new SubscriberDisconnected("fails", DisconnectReason.CLOSED));
    }

    /** When all clients come back at once, it is more than what the hub itself does for such an event. */
    @Test
    void whereNobodyObservesThereIsNoRequest() {
        try (var silent = new Weld().disableDiscovery().beanClasses(Calls.class).initialize()) {
            var requests = new Requests();
            var unheard = new LifecycleEvents(
                    silent.event().select(SubscriberConnected.class),
                    silent.event().select(SubscriberDisconnected.class),
                    requests,
                    silent.getBeanManager());

            unheard.connected("c1", TOPICS);
            unheard.disconnected("c1", DisconnectReason.CLOSED);

            assertThat(requests.begun).isZero();
        }
    }

    private static final class Requests implements RequestContextController {
        private int begun;

        @Override
        public boolean activate() {
            begun++;
            return false;
        }

        @Override
        public void deactivate() {
            throw new ContextNotActiveException();
        }
    }

    /** Counts within a request. */
    @RequestScoped
    static class Calls {
        private int count;

        int next() {
            return ++count;
        }
    }

    /** An application's observer. */
    @ApplicationScoped
    static class Heard {
        private final List<Object> events = new ArrayList<>();
        private final List<Integer> callsInRequest = new ArrayList<>();

        @Inject
        private Calls calls;

        void on(@Observes SubscriberConnected event) {
            if (event.connection().equals("fails")) {
                throw new IllegalStateException("the observer's own fault, on purpose");
            }
            callsInRequest.add(calls.next());
            events.add(event);
        }

        void on(@Observes SubscriberDisconnected event) {
            events.add(event);
        }

        List<Object> events() {
            return events;
        }

        List<Integer> callsInRequest() {
            return callsInRequest;
        }
    }
}
