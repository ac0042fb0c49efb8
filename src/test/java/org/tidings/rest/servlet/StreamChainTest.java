package org.tidings.rest.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidings.report.ChainLink;
import org.tidings.rest.servlet.FakeRegistration.Definition;

/** Which filters stand before a stream, and whether they support that it is asynchronous. */
class StreamChainTest {
    private final Map<String, FakeRegistration> filters = new LinkedHashMap<>();
    private final Map<String, FakeRegistration> servlets = new LinkedHashMap<>();

    @Test
    void filtersOfThePathAndOfTheServletAreInTheChain() {
        servlet("rest", true, "/hub/*");
        servlet("default", false, "/");
        servlet("jsp", false, "*.jsp");
        filter("all", true, List.of("/*"), List.of());
        filter("hub", false, List.of("/x", "/hub/*"), List.of());
        filter("events", false, List.of("/hub/events"), List.of());
        filter("by servlet", true, List.of(), List.of("rest"));
        filter("others", false, List.of("/hubs/*", "/", "*.jsp", "/hub"), List.of("default"));

        assertThat(chain())
                .containsExactly(
                        new ChainLink("filter all", Optional.of(true)),
                        new ChainLink("filter hub", Optional.of(false)),
                        new ChainLink("filter events", Optional.of(false)),
                        new ChainLink("filter by servlet", Optional.of(true)),
                        new ChainLink("servlet rest", Optional.of(true)));
    }

    @Test
    void aFilterThatDoesNotShowItIsUnknown() {
        filters.put("odd", new FakeRegistration("odd", "no definition", List.of("/*"), List.of()));

        assertThat(chain()).containsExactly(new ChainLink("filter odd", Optional.empty()));
    }

    /** As it is for a listener that a library has added to the application in code. */
    @Test
    void aContextThatKeepsThemToItselfIsNoFailure() {
        assertThat(StreamChain.before("/hub/events", context((self, method, none) -> {
                    throw new UnsupportedOperationException(method.getName());
                })))
                .isEmpty();
    }

    private void filter(String name, boolean async, List<String> patterns, List<String> ofServlets) {
        filters.put(name, new FakeRegistration(name, new Definition(async), patterns, ofServlets));
    }

    private void servlet(String name, boolean async, String pattern) {
        servlets.put(name, new FakeRegistration(name, new Definition(async), List.of(pattern), List.of()));
    }

    private List<ChainLink> chain() {
        return StreamChain.before(
                        "/hub/events",
                        context((self, method, none) ->
                                method.getName().equals("getFilterRegistrations") ? filters : servlets))
                .orElseThrow();
    }

    private static ServletContext context(InvocationHandler handler) {
        return (ServletContext) Proxy.newProxyInstance(
                StreamChainTest.class.getClassLoader(), new Class<?>[] {ServletContext.class}, handler);
    }
}
