package org.tidings.rest.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletPeerTest {
    /** A server that believes what a proxy says of the client still knows where it was asked. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "::1, ::1, true",
        "127.0.0.1, 10.0.0.1, false",
        "10.0.0.2, 127.0.0.1, false",
        "10.0.0.2, 10.0.0.1, false"
    })
    void aRequestIsOfThisMachineIfBothOfItsEndsAre(String remote, String local, boolean loopback) {
        try (WeldContainer container = new Weld()
                .disableDiscovery()
                .addBeanClasses(ServletPeer.class, Requests.class)
                .initialize()) {
            container.select(Requests.class).get().come(remote, local);

            assertThat(container.select(ServletPeer.class).get().isLoopback()).isEqualTo(loopback);
        }
    }

    /** Has the request that is being served, which tells its addresses and nothing else. */
    @ApplicationScoped
    static class Requests {
        private Map<String, String> addresses = Map.of();

        void come(String remote, String local) {
            addresses = Map.of("getRemoteAddr", remote, "getLocalAddr", local);
        }

        @Produces
        @Dependent
        HttpServletRequest request() {
            return (HttpServletRequest) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, method, arguments) -> addresses.get(method.getName()));
        }
    }
}
